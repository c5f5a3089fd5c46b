package io.poolwatch.benchmarks.weave;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What does the agent cost on the woven path? Runs each case in bare and woven forks in turn (bare,
 * woven, woven, bare, …), so that a machine whose speed drifts treats both alike, and prints the
 * medians as a Markdown table.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.poolwatch.benchmarks.weave.CompareForks \
 *     agent/target/poolwatch.jar [rounds]
 * </pre>
 *
 * <p>Options of the agent's follow its jar as on a command line: {@code
 * agent/target/poolwatch.jar=guard=false}.
 */
public final class CompareForks {
  private static final int DEFAULT_ROUNDS = 6;

  private CompareForks() {}

  /** One benchmark on one kind and number of threads. */
  private enum Case {
    RECYCLER_FAST_1("Recycler, FastThreadLocalThread", "RecyclerPair.*getAndRecycle", 1, true),
    RECYCLER_FAST_2("Recycler, FastThreadLocalThread", "RecyclerPair.*getAndRecycle", 2, true),
    RECYCLER_PLAIN_1("Recycler, plain thread", "RecyclerPair.*getAndRecycle", 1, false),
    RECYCLER_PLAIN_2("Recycler, plain thread", "RecyclerPair.*getAndRecycle", 2, false),
    NEW("plain new", "RecyclerPair.*plainNew", 1, false),
    POOL2_1("Commons Pool2", "Pool2Pair.*borrowAndReturn", 1, false),
    POOL2_2("Commons Pool2", "Pool2Pair.*borrowAndReturn", 2, false),
    POOL2_8("Commons Pool2", "Pool2Pair.*borrowAndReturn", 8, false),
    CLIENT_1("Commons Pool2 and a call", "Pool2Client.*borrowUse", 1, false),
    CLIENT_2("Commons Pool2 and a call", "Pool2Client.*borrowUse", 2, false),
    CLIENT_8("Commons Pool2 and a call", "Pool2Client.*borrowUse", 8, false);

    final String what;
    final String include;
    final int threads;
    final boolean fastThreads;

    Case(String what, String include, int threads, boolean fastThreads) {
      this.what = what;
      this.include = include;
      this.threads = threads;
      this.fastThreads = fastThreads;
    }
  }

  /**
   * Runs the comparison.
   *
   * @param args the agent's jar and options, then the number of rounds, then names of cases
   *     (default: all)
   */
  public static void main(String[] args) throws RunnerException {
    String[] jarAndOptions = args.length == 0 ? new String[] {""} : args[0].split("=", 2);
    if (!Files.isRegularFile(Path.of(jarAndOptions[0]))) {
      System.err.println("usage: CompareForks poolwatch.jar[=option=value,…] [rounds [case…]]");
      System.err.println("cases: " + Arrays.toString(Case.values()));
      System.exit(2);
    }
    String agent =
        "-javaagent:"
            + Path.of(jarAndOptions[0]).toAbsolutePath()
            + "=exit.table=false"
            + (jarAndOptions.length > 1 ? "," + jarAndOptions[1] : "");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_ROUNDS;
    List<String> wanted = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
    List<String> table = new ArrayList<>();
    for (Case c : Case.values()) {
      if (!wanted.isEmpty() && !wanted.contains(c.name())) {
        continue;
      }
      List<Fork> bare = new ArrayList<>();
      List<Fork> woven = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        boolean bareFirst = round % 2 == 0;
        (bareFirst ? bare : woven).add(fork(c, bareFirst ? null : agent));
        (bareFirst ? woven : bare).add(fork(c, bareFirst ? agent : null));
        System.err.printf("%s: round %d of %d%n", c, round + 1, rounds);
      }
      table.add(row(c, bare, woven));
    }
    System.out.printf("JDK %s, %d rounds, medians%n%n", System.getProperty("java.version"), rounds);
    System.out.println(
        "| pair | threads | bare, ns | woven, ns | difference, ns | difference, % | B/op bare | B/op woven |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    table.forEach(System.out::println);
  }

  private static Fork fork(Case c, @Nullable String agent) throws RunnerException {
    List<String> jvmArgs = new ArrayList<>(List.of("-Xmx1g"));
    if (c.fastThreads) {
      jvmArgs.add("-Djmh.executor=CUSTOM");
      jvmArgs.add("-Djmh.executor.class=" + FastThreads.class.getName());
    }
    if (agent != null) {
      jvmArgs.add(agent);
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(c.include)
            .threads(c.threads)
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(4)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgsAppend(jvmArgs.toArray(new String[0]))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    RunResult result = new Runner(options.build()).runSingle();
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return new Fork(
        result.getPrimaryResult().getScore(), allocated == null ? 0 : allocated.getScore());
  }

  private static String row(Case c, List<Fork> bare, List<Fork> woven) {
    double before = median(bare, true);
    double after = median(woven, true);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %+.1f | %+.1f | %.0f | %.0f |",
        c.what,
        c.threads,
        before,
        after,
        after - before,
        100 * (after - before) / before,
        median(bare, false),
        median(woven, false));
  }

  private static double median(List<Fork> forks, boolean time) {
    double[] values =
        forks.stream().mapToDouble(fork -> time ? fork.nanos : fork.bytes).sorted().toArray();
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private static final class Fork {
    final double nanos;
    final double bytes;

    Fork(double nanos, double bytes) {
      this.nanos = nanos;
      this.bytes = bytes;
    }
  }
}
