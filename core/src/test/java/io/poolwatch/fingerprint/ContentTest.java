package io.poolwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal content has an equal fingerprint, and no other has. */
class ContentTest {
  @BeforeAll
  static void open() {
    OpenMemory.open();
  }

  private static Print print(Object object, long seed) {
    try {
      Print print = Print.of(object, seed);
      assertThat(print).isNotNull();
      return print;
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  private static boolean matches(Print print, Object object) {
    try {
      return print.matches(object);
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  private static <T> void noticed(T object, Consumer<T> change) {
    Print before = print(object, 7);
    assertThat(matches(before, object)).as("unchanged").isTrue();
    change.accept(object);
    assertThat(matches(before, object)).as("changed").isFalse();
  }

  private static <T> void unnoticed(T object, Consumer<T> change) {
    Print before = print(object, 7);
    change.accept(object);
    assertThat(matches(before, object)).isTrue();
  }

  /** Whose methods nobody may call. */
  private static class Base {
    private int hidden = 1;
    final Object own = new Object();

    @Override
    public boolean equals(Object other) {
      throw new AssertionError("equals");
    }

    @Override
    public int hashCode() {
      throw new AssertionError("hashCode");
    }

    @Override
    public String toString() {
      throw new AssertionError("toString");
    }
  }

  private static final class Part extends Base {
    static int shared;
    boolean flag;
    byte small;
    char letter = 'a';
    short brief;
    int number;
    long big;
    float real;
    double precise;
    Object other;
    String text = "text";
    byte[] bytes = new byte[33];
    double[] doubles = new double[3];
    ByteBuffer heap = ByteBuffer.allocate(20);
    ByteBuffer direct = ByteBuffer.allocateDirect(20);
    volatile int lively;
    int poolwatch$life;
    Base nested = new Base();
    Object[] things = {new Base(), null};
  }

  @Test
  void eachFieldIsNoticed() {
    List<Consumer<Part>> changes =
        List.of(
            p -> ((Base) p).hidden++,
            p -> p.flag = true,
            p -> p.small--,
            p -> p.letter = 'b',
            p -> p.brief = -1,
            p -> p.number = 1 << 31,
            p -> p.big = 1L << 63,
            p -> p.real = Float.MIN_VALUE,
            p -> p.precise = -0.0,
            p -> p.other = p,
            p -> p.other = new Base(),
            p -> p.text = null,
            p -> p.text = new String("text"),
            p -> p.bytes[32] = 1,
            p -> p.bytes = p.bytes.clone(),
            p -> p.doubles[1] = -0.0,
            p -> p.heap.put(19, (byte) 1),
            p -> p.heap.position(1),
            p -> p.heap = null,
            p -> p.direct = null,
            p -> p.nested = null,
            p -> p.things = null);
    for (Consumer<Part> change : changes) {
      noticed(new Part(), change);
    }
  }

  @Test
  void whatIsDeeperOrLivelyOrOfOursIsNot() {
    unnoticed(new Part(), p -> p.lively++);
    unnoticed(new Part(), p -> p.poolwatch$life++);
    unnoticed(new Part(), p -> Part.shared++);
    unnoticed(new Part(), p -> p.nested.hidden++);
    unnoticed(new Part(), p -> p.things[1] = "deeper");
    unnoticed(new Part(), p -> p.direct.put(0, (byte) 1)); // its owner may have freed it
  }

  @Test
  void eachElementOfEachKindOfArrayIsNoticed() {
    noticed(new boolean[] {true, false}, a -> a[1] = true);
    noticed(new char[] {'a', 'b', 'c'}, a -> a[2] = 'd');
    noticed(new short[] {1, 2, 3}, a -> a[0] = -1);
    noticed(new int[] {1, 2, 3}, a -> a[2] ^= 1 << 31);
    noticed(new long[] {1, 2, 3}, a -> a[1] ^= 1L << 63);
    noticed(new float[] {0}, a -> a[0] = -0f);
    noticed(new double[] {0}, a -> a[0] = Double.NaN);
    noticed(new Object[] {new Base(), null}, a -> a[1] = a[0]);
    noticed(new Object[] {new Base(), null}, a -> a[0] = new Base());
    for (int at = 0; at < Content.WHOLE; at++) {
      int place = at;
      noticed(new byte[Content.WHOLE], a -> a[place] = 1);
    }
    assertThat(matches(print(new int[0], 1), new int[0])).isTrue();
    assertThat(matches(print(new int[1], 1), new int[2])).isFalse();
  }

  @Test
  void twoElementsThatChangePlacesAreNoticed() {
    noticed(
        new long[] {1, 2},
        a -> {
          a[0] = 2;
          a[1] = 1;
        });
  }

  @Test
  void buffersAreNoticedUpToTheirCapacity() {
    for (ByteBuffer fresh :
        List.of(
            ByteBuffer.allocate(100),
            ByteBuffer.allocateDirect(100),
            ByteBuffer.allocate(100).slice(),
            ByteBuffer.allocateDirect(100).order(ByteOrder.LITTLE_ENDIAN))) {
      fresh.limit(50);
      noticed(fresh, b -> b.duplicate().clear().put(99, (byte) 1));
    }
  }

  @Test
  void buildersAndStreamsAreNoticedOneLevelDeep() {
    noticed(new StringBuilder("abc"), b -> b.setCharAt(1, 'x'));
    noticed(new StringBuilder("abc"), b -> b.setCharAt(1, '\u1234'));
    noticed(new StringBuilder("abc"), b -> b.append('d'));
    noticed(new StringBuilder("abc"), b -> b.setLength(0));
    noticed(new StringBuffer("abc"), b -> b.reverse());
    noticed(new ByteArrayOutputStream(), s -> s.write(1));
    noticed(
        new ByteArrayOutputStream(),
        s -> {
          s.write(1);
          s.reset();
        });
    noticed(new ArrayList<>(List.of("a")), l -> l.add("b"));
  }

  @Test
  void mappedFileIsNeitherReadNorTakenForWritten(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("mapped"), new byte[8192]);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      ByteBuffer mapped = open.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 8192);
      unnoticed(mapped, b -> b.put(1, (byte) 1));
      noticed(mapped, b -> b.position(1));
    }
  }

  @Test
  void ofMuchContentTheSeedsTogetherSeeAll() {
    for (int size : new int[] {Content.WHOLE + 1, 10_000, 65_536 + 7, 1 << 20}) {
      byte[] large = new byte[size];
      int seeds = size / 64 + 1; // as many as there are pieces: each start once
      boolean[] seen = new boolean[size];
      for (int seed = 0; seed < seeds; seed++) {
        for (int i = 0; i < 48; i++) {
          int from = 512 + (int) Content.piece(size - 1024L, i, seed);
          Arrays.fill(seen, from, from + 64, true);
        }
      }
      Arrays.fill(seen, 0, 512, true);
      Arrays.fill(seen, size - 512, size, true);
      for (int at = 0; at < size; at++) {
        assertThat(seen[at]).as("byte %s of %s", at, size).isTrue();
      }
      noticed(large, a -> a[0] = 1);
      noticed(large, a -> a[size - 1] = 1);
    }
  }

  @Test
  void shareOfLargeContentThatIsReadFindsAWriteAsOften() {
    int size = 64 * 1024;
    Random random = new Random(42);
    int found = 0;
    for (int run = 0; run < 4000; run++) {
      byte[] array = new byte[size];
      Print before = print(array, random.nextLong());
      array[random.nextInt(size)] = 1;
      if (!matches(before, array)) {
        found++;
      }
    }
    assertThat(found / 4000.0).isBetween(0.05, 0.075); // 4 096 of 65 536 bytes are 6.25 %
  }

  @Test
  void bitsOfAllWordsReachBothHalves() {
    Random random = new Random(1);
    for (int bit = 0; bit < 64; bit++) {
      long[] words = random.longs(5).toArray();
      Digest before = new Digest();
      Digest after = new Digest();
      for (int i = 0; i < words.length; i++) {
        before.add(words[i]);
        after.add(i == 2 ? words[i] ^ (1L << bit) : words[i]);
      }
      assertThat(Long.bitCount(before.first() ^ after.first())).isBetween(8, 56);
      assertThat(Long.bitCount(before.second() ^ after.second())).isBetween(8, 56);
    }
  }
}
