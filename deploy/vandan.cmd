@echo off
rem Typed once in a prompt: the commands of docs/ADMIN.md then run with the configuration of the tasks.
rem "popd" goes back to where one was.
set VANDAN_DATA=C:\ProgramData\VanDan\data
set VANDAN_DB=C:\ProgramData\VanDan\vandan.duckdb
set VANDAN_NO_DEMO=1
set PATH=C:\Program Files\VanDan\.venv\Scripts;%PATH%
pushd "C:\Program Files\VanDan"
