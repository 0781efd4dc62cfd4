@echo off
setlocal enableextensions
rem Installs Cygwin from the bootstrap medium, without a network. Exit code 118 asks for a restart.
rem The medium's letter can differ from that at the first logon, so it is looked for again.
set "MEDIUM="
for %%d in (D E F G H I J K L M N O P Q R T U V W Y Z) do if exist %%d:\casement\marker.txt set "MEDIUM=%%d:"
if not defined MEDIUM goto no-medium

rem What only some setup programs know: that of 2016, for XP, neither asks which Windows this is nor looks for a newer one.
set "OPTIONS= --no-version-check"
rem A program with windows: cmd would not wait for it without start /wait. The list is cut down and so not signed: -X.
start "" /wait "%MEDIUM%\cygwin\setup-x86_64.exe" -q -L -l "%MEDIUM%\cygwin" -R C:\cygwin64 -P "cygrunsrv,gcc-core,make,openssh,stand-in-wine,tar" -n -N -d -B -X%OPTIONS%
set "CODE=%errorlevel%"
if not "%CODE%"=="0" if not "%CODE%"=="118" goto refused
if not exist C:\cygwin64\bin\bash.exe goto no-bash
exit /b %CODE%

:no-medium
>C:\casement\reason.txt echo no drive holds casement\marker.txt
exit /b 2

:refused
>C:\casement\reason.txt echo setup-x86_64.exe ended with %CODE%
if exist C:\cygwin64\var\log\setup.log type C:\cygwin64\var\log\setup.log
exit /b %CODE%

:no-bash
>C:\casement\reason.txt echo setup-x86_64.exe ended well but C:\cygwin64\bin\bash.exe is missing
exit /b 3
