import {
  FAT_COUNT,
  FAT_SECTORS,
  HEADS,
  MEDIA_BYTE,
  RESERVED_SECTORS,
  ROOT_ENTRIES,
  SECTOR_BYTES,
  SECTORS_PER_CLUSTER,
  SECTORS_PER_TRACK,
  TOTAL_SECTORS,
} from "./geometry.ts";

/** What the boot sector's code prints before it halts. */
export const BOOT_MESSAGE =
  "This floppy holds answer files and cannot be booted.\r\n" +
  "Put the install medium or the hard disk before it in the boot order.\r\n";

/** Byte of the boot sector at which the four bytes of the volume's serial number stand. */
export const SERIAL_OFFSET = 39;

const CODE_OFFSET = 62;
const LOAD_ADDRESS = 0x7c00;

/** The first sector: the geometry for whoever mounts the floppy, a message for whoever boots it. Serial number 0. */
export function buildBootSector(label: Uint8Array): Uint8Array {
  const sector = new Uint8Array(SECTOR_BYTES);
  const view = new DataView(sector.buffer);
  sector.set([0xeb, CODE_OFFSET - 2, 0x90], 0); // jmp to the code; some readers test for this form
  sector.set(ascii("MSDOS5.0"), 3); // the name under which old readers trust the numbers that follow
  view.setUint16(11, SECTOR_BYTES, true);
  sector[13] = SECTORS_PER_CLUSTER;
  view.setUint16(14, RESERVED_SECTORS, true);
  sector[16] = FAT_COUNT;
  view.setUint16(17, ROOT_ENTRIES, true);
  view.setUint16(19, TOTAL_SECTORS, true);
  sector[21] = MEDIA_BYTE;
  view.setUint16(22, FAT_SECTORS, true);
  view.setUint16(24, SECTORS_PER_TRACK, true);
  view.setUint16(26, HEADS, true);
  // 28..35: no hidden sectors, no 32-bit sector count; 36: drive 0; 37: reserved
  sector[38] = 0x29; // serial number, label and type follow
  sector.set(label, 43);
  sector.set(ascii("FAT12   "), 54);
  sector.set(bootCode(), CODE_OFFSET);
  sector.set([0x55, 0xaa], 510);
  return sector;
}

function bootCode(): Uint8Array {
  const code = [
    [0xfa], // cli
    [0x31, 0xc0], // xor ax, ax
    [0x8e, 0xd0], // mov ss, ax
    [0xbc, 0x00, 0x7c], // mov sp, 0x7c00
    [0x8e, 0xd8], // mov ds, ax
    [0xfb], // sti
    [0xfc], // cld
    [0xbe, 0x00, 0x00], // mov si, message (its address goes in below)
    [0xac], // next: lodsb
    [0x84, 0xc0], // test al, al
    [0x74, 0x09], // jz halt
    [0xb4, 0x0e], // mov ah, 0x0e (write as a terminal does)
    [0xbb, 0x07, 0x00], // mov bx, 0x0007 (page 0, grey)
    [0xcd, 0x10], // int 0x10
    [0xeb, 0xf2], // jmp next
    [0xf4], // halt: hlt
    [0xeb, 0xfd], // jmp halt (an interrupt ends hlt)
  ].flat();
  const message = LOAD_ADDRESS + CODE_OFFSET + code.length;
  const operand = code.indexOf(0xbe) + 1;
  code[operand] = message & 0xff;
  code[operand + 1] = message >> 8;
  return Uint8Array.from([...code, ...ascii(BOOT_MESSAGE), 0]);
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}
