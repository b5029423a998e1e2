"""Papers before they are any kind of file: what the department's report and sheets say, in order.

Official documents are Vietnamese; their sentences stand here, numbers come from `sentence`,
`formats` and `headline` as everywhere else.
"""
