package io.poolwatch.fingerprint;

/**
 * A value of 128 bits, of words in their order: two mixes that share neither seed nor multiplier.
 * Each step is a bijection of the word that it takes, so a change of one word alone always changes
 * the value. Not thread-safe.
 */
final class Digest {
  private long first = 0x9E3779B97F4A7C15L;
  private long second = 0xC2B2AE3D27D4EB4FL;

  void add(long word) {
    first = Long.rotateLeft(first ^ (word * 0x87C37B91114253D5L), 31) * 0x4CF5AD432745937FL;
    second = (Long.rotateLeft(second, 27) + word) * 0x9FB21C651E98DF25L;
  }

  long first() {
    return finish(first);
  }

  long second() {
    return finish(second);
  }

  /** Spreads all bits over all others; a bijection. */
  static long finish(long value) {
    long mixed = value ^ (value >>> 33);
    mixed *= 0xFF51AFD7ED558CCDL;
    mixed ^= mixed >>> 33;
    mixed *= 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
