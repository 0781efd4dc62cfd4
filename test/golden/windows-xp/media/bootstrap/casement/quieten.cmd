@echo off
setlocal enableextensions
rem A snapshot freezes whatever runs, and every revived run pays for it: so nothing may run but the build and what the spec
rem wants (windows.behaviour). The machine reaches nothing but its controller, which is why updates, the firewall and Defender
rem protect nobody here. Values have to stick; services and tasks differ by edition, so one that is missing is passed over.
set "FAILED="

rem The clock: QEMU's RTC is UTC and stands still while the machine is frozen (A7).
call :value "HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation" RealTimeIsUniversal REG_DWORD 1
call :service W32Time
rem A blue screen has to stay on the screen, where the host sees it; a restart would look like progress.
call :value "HKLM\SYSTEM\CurrentControlSet\Control\CrashControl" AutoReboot REG_DWORD 0
rem A password that expires would end every login once the clock has gone on far enough.
net accounts /maxpwage:unlimited

rem Work that begins when the machine is idle: a frozen machine wakes up very idle.
call :text "HKLM\SOFTWARE\Microsoft\Dfrg\BootOptimizeFunction" Enable N
call :value "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\OptimalLayout" EnableAutoLayout REG_DWORD 0
call :value "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SystemRestore" DisableSR REG_DWORD 1
for %%s in (cisvc srservice wscsvc) do call :service %%s

rem Updates, from Microsoft and from the store.
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU" NoAutoUpdate REG_DWORD 1
call :service wuauserv

rem Diagnostic data and error reports.
call :value "HKLM\SOFTWARE\Microsoft\PCHealth\ErrorReporting" DoReport REG_DWORD 0
call :value "HKLM\SOFTWARE\Microsoft\PCHealth\ErrorReporting" ShowUI REG_DWORD 0
call :service ERSvc

rem Nobody touches a key in here: neither sleep nor a dark screen (the host compares screens).
powercfg /hibernate off
rem Power schemes go by translated names there, and by numbers: 3 is Always On. Those of SYSTEM hold while nobody is logged on (A52).
for %%p in (standby disk hibernate) do powercfg /change 3 /numerical /%%p-timeout-ac 0
powercfg /setactive 3 /numerical
powercfg /change 3 /numerical /monitor-timeout-ac 0
powercfg /setactive 3 /numerical

rem The answer file says the same of firewall and address; nobody has seen Setup apply it (A10, A11).
netsh firewall set opmode mode=DISABLE profile=ALL
call :value "HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server" fDenyTSConnections REG_DWORD 1

set "NIC="
for /f "tokens=1,3 delims=," %%a in ('getmac /v /fo csv /nh') do if /i "%%~b"=="52-54-00-28-1B-B8" set "NIC=%%~a"
rem An adapter's name can hold a comma, which moves the columns; then the first adapter's usual name is tried.
if not defined NIC set "NIC=Local Area Connection"
rem Refused where the address is set already: verify.cmd looks at the outcome.
netsh interface ip set address name="%NIC%" source=static addr=192.168.0.1 mask=255.255.255.0

if not defined FAILED exit /b 0
>C:\casement\reason.txt echo the registry refused %FAILED%
exit /b 1

:value
reg add "%~1" /v %2 /t %3 /d %4 /f
if errorlevel 1 set "FAILED=%2"
exit /b 0

:text
reg add "%~1" /v %2 /t REG_SZ /d %3 /f
if errorlevel 1 set "FAILED=%2"
exit /b 0

:service
sc query %1 >nul 2>nul
if errorlevel 1 exit /b 0
sc config %1 start= disabled
sc stop %1
exit /b 0
