import { parseKeys, type PublicKey } from "./public-key.ts";

/**
 * The keys that Cygwin signs its lists and its setup program with, as setup itself has them built in (cygwin-setup,
 * cyg-pubkey.h and cyg-old-pubkey.h), written as OpenPGP key packets. A key's fingerprint is a hash over the packet, so the
 * fingerprints that Cygwin publishes prove the numbers: 5640 5CF6 FCC8 1574 682A 5D56 1A69 8DE9 E2E5 6300 (RSA, since
 * 2020) and 1169 DF9F 2273 4F74 3AA5 9232 A9A2 62FF 6760 41BA (DSA, 2008 to 2020). test/cygwin/signature compares them.
 */
export function cygwinKeys(): readonly PublicKey[] {
  return parseKeys(Buffer.from(packets.join(""), "base64"));
}

// Base64 of both packets, one after the other.
const packets = [
  "mQINBF5X0f8BEADUQ8f3R8j30YAd0sxyZvvmKHYXbQx80Oq+slpDsh3RL+i36TEHSVTRVKl0LcyMSFrL9cyIBJpVPl6c2//f6HwV",
  "ik+R7Ri1PPzHqtQMPekruAGP7EgRnBj5Zs8IsmeZ09tH6fLoIozlvIg2ZtkVXnYnXZIf+bFa1k2AQm/EMTzj9NVdKcMLKswrbEMH",
  "gFAhB4HU2UH80x5gXE5lDtznz+3teDF2u0SYe3k96mm08rUfrCH8xzSy3KhGZW7kGDXfxL4CxyO3KorWrF31d8h0sA0uLeftk0Sq",
  "+YM3uO8TYNmAvX/YmvvcQcyIEIn2Gyni1TZvCJ49R0FF+4Q7jeF7aqlJCNaF662F7L2J/wy2SsRanMQ5uu2VCh+JlZ9X0222cp3U",
  "f6znBJftzkkCRLNWLDcGsL9tqHyouflfUL3wKabcFwVXebksrk1Nz2zx6hqCSlPxzk2gP0TPXwz8uwyo0SQOp9r1ZX66CL4EWiqv",
  "PdI4Dk1YnJk5kDHKFFgWYGZjjspts4BWwDgpikHjczgcKY3PGB8ORChEDOfXCU7+rrgRuY+jKS47/IAcXs+dvxEau9wCDlcE1U9P",
  "2QZcw3Y4fD7R8YMeHNMhG7I53uTrIGZGV44gyf1ZlRrI4EK3j3AEwHuPszWsV4jpgBlXi1SBCyU6t5gDjHNRCmxvpdnp7G6pUwAR",
  "AQABmQGiBEhS+m8RBAC5bn3n2yG0eqNlpg/D7DkZXQfFUBZN1D4sL/NsXKISQkA3FsiTenDYDMFCy3NJiCDcihJprP2xs4Fc25ME",
  "cmJ4j9X93bCV4DtHv22qO1XWGkxr/XQJZxYmUxFhezBOCZd+wXir0izIsGghR1+ei6i+vL4mRYy8wpMCKwf8X0qRywCg1l2Ja91P",
  "sTO6itVUACYMvKNFCHED/RenUG+kYRch9YHuDwG9LxkhgwSEZ0NIGUgZLHMYHZDlcWBRoV6uPcqa2iKs8vvAENMcGWqo+fuRycGQ",
  "6+zlFn29IoHrcxMMM27VpifQ91N5AqgSMPOIFkKse2VNFQ2jL4t1NfdQazRvZojwkXuYY9kB16h0Y2Zme1Pt5RgC/wLhA/4lkttr",
  "s3ElzkAOZtrTwi7tCJnNR8/5VYnVd63NEGyAXk/qralUoQO+GNQfZXJUvCoYIhinHh7vzfqMT2l1gGi0FuSULX3dY5jsm0Vcu+f7",
  "XLlDoEurx1vDYCv+9QABQDDPXuZJk55pDG1TQbvAFV8U6wWdCI5hBwcJsDfwLMzxNw==",
] as const;
