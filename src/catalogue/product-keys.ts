/**
 * Public keys. None activates anything here: a key selects the edition, and Setup goes on. KMS client keys are Microsoft's
 * (kms-client-activation-keys.md, "these keys won't work" on retail media); "generic" ones select an edition on consumer and
 * retail media (10 and 11: schneegans/unattend-generator, WindowsEdition.json; 7: dockur/windows, assets/win7x64*.xml).
 */
export const keys = {
  genericHome: "YTMG3-N6DKC-DKB77-7M9GH-8HVX7",
  genericPro: "VK7JG-NPHTM-C97JM-9MPGT-3V66T",
  enterprise: "NPPR9-FWDCX-D2C8J-H872K-2YT43",
  education: "NW6C2-QMPVW-D7KKK-3GKT6-VCFB2",
  ltsc: "M7XTQ-FN8P6-TTKYV-9D4CC-J462D",
  iotLtsc: "KBN8V-HFGQ4-MGXVD-347P6-PDQGT",
  // 8.1's media take the KMS client key (dockur/windows, assets/win81x64.xml).
  "8.1 Pro": "GCRJD-8NW9H-F2CDX-CCM8D-9D6T9",
  "8.1 Enterprise": "MHF9N-XY6XB-WVXMC-BTDCT-MKKG7",
  // Generic. Media of volume licences take the KMS client key instead: FJ82H-XT6CR-J8D7P-XQJJ2-GPDD4.
  "7 Professional": "HYF8J-CVRMY-CM74G-RPHKF-PW487",
  "7 Ultimate": "D4F6K-QK3RD-TMVMJ-BBMRX-3MBMV",
  // Enterprise exists on media of volume licences only.
  "7 Enterprise": "33PXH-7Y6KF-2VJC9-XBBR8-HVTHH",
} as const;

/** KMS client keys of servers by version and edition; a Core installation takes the same key. */
export const serverKeys = {
  "2008 R2": {
    Standard: "YC6KT-GKW9T-YTKYR-T4X34-R7VHC",
    Enterprise: "489J6-VHDMP-X63PK-3K798-CPX3Y",
    Datacenter: "74YFP-3QFB3-KQT8W-PMXWJ-7M648",
  },
  "2012 R2": { Standard: "D2N9P-3P6X9-2R39C-7RTCD-MDVJX", Datacenter: "W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9" },
  "2016": { Standard: "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY", Datacenter: "CB7KF-BWN84-R7R2Y-793K2-8XDDG" },
  "2019": { Standard: "N69G4-B89J2-4G8F4-WWYCC-J464C", Datacenter: "WMDGN-G9PQG-XVVXX-R3X43-63DFG" },
  "2022": { Standard: "VDYBN-27WPP-V4HQT-9VMD4-VMK7H", Datacenter: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33" },
  "2025": { Standard: "TVRH6-WHNXV-R9WG3-9XRFY-MY832", Datacenter: "D764K-2NDRG-47T6Q-P8T8W-YP6DF" },
} as const;
