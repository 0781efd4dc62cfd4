/** Components of Windows that the import reads fields of a spec from; Microsoft's names. */
export const setup = "Microsoft-Windows-Setup";
export const shell = "Microsoft-Windows-Shell-Setup";
export const deployment = "Microsoft-Windows-Deployment";
export const locale = "Microsoft-Windows-International-Core";
export const localeOfSetup = "Microsoft-Windows-International-Core-WinPE";
export const driversOfSetup = "Microsoft-Windows-PnpCustomizationsWinPE";
export const driversOfWindows = "Microsoft-Windows-PnpCustomizationsNonWinPE";
export const network = "Microsoft-Windows-TCPIP";
export const accountControl = "Microsoft-Windows-LUA-Settings";
export const terminalServices = "Microsoft-Windows-TerminalServices-LocalSessionManager";
export const firewall = "Networking-MPSSVC-Svc";
export const errorReports = "Microsoft-Windows-ErrorReportingCore";
export const experience = "Microsoft-Windows-SQMAPI";
