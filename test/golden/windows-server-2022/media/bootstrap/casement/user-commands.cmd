@echo off
rem The spec's windows.commands.firstLogon, as written there. MEDIUM is the drive of the bootstrap medium.

call :casement-begin 0
dism /online /enable-feature /featurename:IIS-WebServerRole /all /norestart /quiet
if not "%errorlevel%"=="0" goto casement-failed

del /q C:\casement\reason.txt
exit /b 0

rem What stands in reason.txt until the next command is reached: the truth if that never happens.
:casement-begin
set "CASEMENT_COMMAND=windows.commands.firstLogon[%1]"
echo ---- %CASEMENT_COMMAND%
>C:\casement\reason.txt echo %CASEMENT_COMMAND% ended the script: it called exit, or another batch file without call
exit /b 0

:casement-failed
set "CASEMENT_CODE=%errorlevel%"
>C:\casement\reason.txt echo %CASEMENT_COMMAND% ended with %CASEMENT_CODE%
exit /b %CASEMENT_CODE%
