@echo off
setlocal enableextensions
rem A snapshot freezes whatever runs, and every revived run pays for it: so nothing may run but the build and what the spec
rem wants (windows.behaviour). The machine reaches nothing but its controller, which is why updates, the firewall and Defender
rem protect nobody here. Values have to stick; services and tasks differ by edition, so one that is missing is passed over.
set "FAILED="

rem The clock: QEMU's RTC is UTC and stands still while the machine is frozen (A7).
call :value "HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation" RealTimeIsUniversal REG_DWORD 1
call :service W32Time
for %%t in ("Time Synchronization\SynchronizeTime" "Time Synchronization\ForceSynchronizeTime") do call :task %%t
rem A blue screen has to stay on the screen, where the host sees it; a restart would look like progress.
call :value "HKLM\SYSTEM\CurrentControlSet\Control\CrashControl" AutoReboot REG_DWORD 0
rem A password that expires would end every login once the clock has gone on far enough.
net accounts /maxpwage:unlimited

rem Work that begins when the machine is idle: a frozen machine wakes up very idle.
call :value "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\Maintenance" MaintenanceDisabled REG_DWORD 1
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows NT\SystemRestore" DisableSR REG_DWORD 1
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows\CloudContent" DisableWindowsConsumerFeatures REG_DWORD 1
for %%s in (WSearch SysMain defragsvc MapsBroker) do call :service %%s
for %%t in ("Defrag\ScheduledDefrag" "Maintenance\WinSAT" "Servicing\StartComponentCleanup" "SystemRestore\SR") do call :task %%t
for %%t in ("Diagnosis\Scheduled" "DiskDiagnostic\Microsoft-Windows-DiskDiagnosticDataCollector" "Chkdsk\ProactiveScan") do call :task %%t
for %%t in ("Data Integrity Scan\Data Integrity Scan" "Power Efficiency Diagnostics\AnalyzeSystem" "Registry\RegIdleBackup") do call :task %%t
for %%t in ("MemoryDiagnostic\ProcessMemoryDiagnosticEvents" "MemoryDiagnostic\RunFullMemoryDiagnostic") do call :task %%t
rem The question whether the network is a private one: the key alone answers it.
reg add "HKLM\SYSTEM\CurrentControlSet\Control\Network\NewNetworkWindowOff" /f
if errorlevel 1 set "FAILED=NewNetworkWindowOff"

rem The shares are signed and need an account: nothing that Windows distrusts by default is switched on.
call :value "HKLM\SYSTEM\CurrentControlSet\Services\LanmanWorkstation\Parameters" RequireSecuritySignature REG_DWORD 1
call :value "HKLM\SYSTEM\CurrentControlSet\Services\LanmanWorkstation\Parameters" AllowInsecureGuestAuth REG_DWORD 0

rem Updates, from Microsoft and from the store.
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU" NoAutoUpdate REG_DWORD 1
call :service wuauserv
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate" DoNotConnectToWindowsUpdateInternetLocations REG_DWORD 1
call :value "HKLM\SOFTWARE\Policies\Microsoft\WindowsStore" AutoDownload REG_DWORD 2
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows\DriverSearching" SearchOrderConfig REG_DWORD 0
for %%s in (UsoSvc DoSvc InstallService edgeupdate edgeupdatem) do call :service %%s
rem This one restarts the update service and refuses sc; its start type can be set below it.
call :driver WaaSMedicSvc
for %%t in ("WindowsUpdate\Scheduled Start" "UpdateOrchestrator\Schedule Scan" "InstallService\ScanForUpdates") do call :task %%t

rem Diagnostic data and error reports.
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows\DataCollection" AllowTelemetry REG_DWORD 0
call :value "HKLM\SOFTWARE\Policies\Microsoft\Windows\Windows Error Reporting" Disabled REG_DWORD 1
call :value "HKLM\SOFTWARE\Microsoft\Windows\Windows Error Reporting" DontShowUI REG_DWORD 1
for %%s in (DiagTrack dmwappushservice WerSvc) do call :service %%s
for %%t in ("Application Experience\Microsoft Compatibility Appraiser" "Application Experience\ProgramDataUpdater") do call :task %%t
for %%t in ("Customer Experience Improvement Program\Consolidator" "Windows Error Reporting\QueueReporting") do call :task %%t

rem Defender. Tamper protection can refuse any of these (A9), so none of them decides.
call :wish "HKLM\SOFTWARE\Policies\Microsoft\Windows Defender" DisableAntiSpyware REG_DWORD 1
call :wish "HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Real-Time Protection" DisableRealtimeMonitoring REG_DWORD 1
call :wish "HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Spynet" SpynetReporting REG_DWORD 0
call :wish "HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Spynet" SubmitSamplesConsent REG_DWORD 2
for %%s in (Sense WdBoot WdFilter WdNisDrv WdNisSvc WinDefend) do call :driver %%s
for %%t in ("Windows Defender\Windows Defender Scheduled Scan" "Windows Defender\Windows Defender Cache Maintenance") do call :task %%t
for %%t in ("Windows Defender\Windows Defender Cleanup" "Windows Defender\Windows Defender Verification") do call :task %%t

rem Nobody touches a key in here: neither sleep nor a dark screen (the host compares screens).
powercfg /hibernate off
rem Fast start-up would hibernate in place of shutting down.
call :value "HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Power" HiberbootEnabled REG_DWORD 0
call :value "HKLM\SYSTEM\CurrentControlSet\Control\Power" HibernateEnabled REG_DWORD 0
for %%p in (standby disk hibernate) do powercfg /change %%p-timeout-ac 0
powercfg /change monitor-timeout-ac 0

rem The answer file says the same of firewall and address; nobody has seen Setup apply it (A10, A11).
netsh advfirewall set allprofiles state off
call :value "HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server" fDenyTSConnections REG_DWORD 1

set "NIC="
for /f "tokens=1,3 delims=," %%a in ('getmac /v /fo csv /nh') do if /i "%%~b"=="52-54-00-5E-80-C2" set "NIC=%%~a"
rem An adapter's name can hold a comma, which moves the columns; then the first adapter's usual name is tried.
if not defined NIC set "NIC=Ethernet"
rem Refused where the address is set already: verify.cmd looks at the outcome.
netsh interface ipv4 set address name="%NIC%" static 192.168.0.1 255.255.255.0

if not defined FAILED exit /b 0
>C:\casement\reason.txt echo the registry refused %FAILED%
exit /b 1

:value
reg add "%~1" /v %2 /t %3 /d %4 /f
if errorlevel 1 set "FAILED=%2"
exit /b 0

:wish
reg add "%~1" /v %2 /t %3 /d %4 /f
exit /b 0

:driver
reg query "HKLM\SYSTEM\CurrentControlSet\Services\%1" /v Start >nul 2>nul
if errorlevel 1 exit /b 0
reg add "HKLM\SYSTEM\CurrentControlSet\Services\%1" /v Start /t REG_DWORD /d 4 /f
exit /b 0

:task
schtasks /change /tn "\Microsoft\Windows\%~1" /disable >nul 2>nul && echo task %~1 is off
exit /b 0

:rule
netsh advfirewall firewall add rule name="%~1" dir=in action=allow protocol=TCP localport=%2
exit /b 0

:service
sc query %1 >nul 2>nul
if errorlevel 1 exit /b 0
sc config %1 start= disabled
sc stop %1
exit /b 0
