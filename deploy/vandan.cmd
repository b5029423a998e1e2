@echo off
rem Typed once in a prompt: the commands of docs/ADMIN.md then run with the configuration of the tasks.
set VANDAN_DATA=C:\ProgramData\VanDan\data
set VANDAN_DB=C:\ProgramData\VanDan\vandan.duckdb
set VANDAN_NO_DEMO=1
set PATH=C:\Program Files\VanDan\.venv\Scripts;%PATH%
cd /d "C:\Program Files\VanDan"
