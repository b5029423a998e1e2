"""What only Windows can be asked (through pywin32): which processes there are, who may open a folder."""

import sys

if sys.platform == "win32":
    import pywintypes
    import win32process
    import win32security

    # SYSTEM and administrators all, LOCAL SERVICE (whose name the server bears) all but the rights
    # themselves, also for what comes into the folder; nothing is inherited from above (SDDL).
    RIGHTS = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;LS)"
    LET_IN = frozenset({"S-1-5-18", "S-1-5-32-544", "S-1-5-19"})
    EVERYONE = "S-1-1-0"
    FILE, DACL = win32security.SE_FILE_OBJECT, win32security.DACL_SECURITY_INFORMATION
    OWNER = win32security.OWNER_SECURITY_INFORMATION

    def is_running(pid: int) -> bool:
        """Whether there is a process with this id, whoever's it is."""
        return pid in win32process.EnumProcesses()

    def let_in_the_server(path: str) -> None:
        """Give a folder or file `RIGHTS` instead of those it has. Raises OSError."""
        wanted = win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(RIGHTS, 1)
        which = DACL | win32security.PROTECTED_DACL_SECURITY_INFORMATION
        try:
            # The newer SetNamedSecurityInfo takes over what the folder above gives, under Wine.
            win32security.SetFileSecurity(path, which, wanted)
        except pywintypes.error as error:
            raise OSError(error.winerror, error.strerror, path) from error

    def strangers(path: str) -> set[str]:
        """Who else has rights on a folder or file: security identifiers. Raises OSError."""
        try:
            found = win32security.GetNamedSecurityInfo(path, FILE, DACL | OWNER)
        except pywintypes.error as error:
            raise OSError(error.winerror, error.strerror, path) from error
        acl = found.GetSecurityDescriptorDacl()
        if acl is None:  # a disk that keeps no rights lets everyone in
            return {EVERYONE}
        entries = [acl.GetAce(number) for number in range(acl.GetAceCount())]
        let_in = {win32security.ConvertSidToStringSid(entry[-1]) for entry in entries}
        # Whoever owns a thing can give himself every right at any time.
        owner = win32security.ConvertSidToStringSid(found.GetSecurityDescriptorOwner())
        return let_in - LET_IN - {owner}
