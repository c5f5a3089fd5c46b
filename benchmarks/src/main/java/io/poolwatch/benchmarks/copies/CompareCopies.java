package io.poolwatch.benchmarks.copies;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What does the agent cost on the woven path? Starts JVMs with the agent, one after the other, each
 * of which has a woven and a bare copy of a library, and lets them work in turn: what drifts with
 * the machine or differs from JVM to JVM is the same for both. Prints the medians as a Markdown
 * table, and with them the least and the most that a JVM told.
 *
 * <p>The row <em>two bare copies</em> is the error of the method. The JVMs get the options of this
 * one: with {@code -Xms512m -XX:+UseTransparentHugePages} it does not matter on which pages objects
 * lie.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.poolwatch.benchmarks.copies.CompareCopies \
 *     agent/target/poolwatch.jar [JVMs [case…]]
 * </pre>
 */
public final class CompareCopies {
  private static final int DEFAULT_JVMS = 7;
  private static final int SLICES = 200;
  private static final int WARM_UP = 80;
  private static final double SLICE_NANOS = 15e6;

  private CompareCopies() {}

  private enum Case {
    RECYCLER_1("Recycler, `FastThreadLocalThread`", "RecyclerWork", 1),
    RECYCLER_2("Recycler, `FastThreadLocalThread`", "RecyclerWork", 2),
    BUNDLED_1("bundled pool", "BundledWork", 1),
    BUNDLED_2("bundled pool", "BundledWork", 2),
    POOL2_1("Commons Pool2", "Pool2Work", 1),
    POOL2_2("Commons Pool2", "Pool2Work", 2),
    POOL2_8("Commons Pool2", "Pool2Work", 8),
    CONTROL("Commons Pool2, two bare copies", "Pool2Work", 1);

    final String what;
    final String work;
    final int threads;

    Case(String what, String work, int threads) {
      this.what = what;
      this.work = work;
      this.threads = threads;
    }
  }

  /**
   * Runs the comparison.
   *
   * @param args the agent's jar and options, then the number of JVMs, then names of cases (default:
   *     all)
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 2 && args[0].equals("--here")) {
      compareHere(Case.valueOf(args[1]));
      return;
    }
    String[] jarAndOptions = args.length == 0 ? new String[] {""} : args[0].split("=", 2);
    if (!Files.isRegularFile(Path.of(jarAndOptions[0]))) {
      System.err.println("usage: CompareCopies poolwatch.jar[=option=value,…] [JVMs [case…]]");
      System.err.println("cases: " + Arrays.toString(Case.values()));
      System.exit(2);
    }
    String agent =
        String.format(
            "-javaagent:%s=exit.table=false,classes.exclude=%s*",
            Path.of(jarAndOptions[0]).toAbsolutePath(), BareCopies.PREFIX);
    String options = jarAndOptions.length > 1 ? "," + jarAndOptions[1] : "";
    int jvms = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_JVMS;
    List<String> wanted = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
    List<String> rows = new ArrayList<>();
    for (Case c : Case.values()) {
      if (wanted.isEmpty() || wanted.contains(c.name())) {
        List<Compared> all = new ArrayList<>();
        for (int i = 0; i < jvms; i++) {
          all.add(fork(c, agent + (c == Case.CONTROL ? ";*" : "") + options));
          System.err.printf("%s: JVM %d of %d%n", c, i + 1, jvms);
        }
        rows.add(row(c, all));
      }
    }
    System.out.printf("JDK %s, %d JVMs, medians%n%n", System.getProperty("java.version"), jvms);
    System.out.println("| pair | threads | bare, ns | difference, ns | in % | least, most |");
    System.out.println("|---|---|---|---|---|---|");
    rows.forEach(System.out::println);
  }

  private static Compared fork(Case c, String agent) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(agent, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CompareCopies.class.getName(), "--here", c.name()));
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String told = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (jvm.waitFor() != 0) {
      throw new IOException(c + " failed");
    }
    return new Compared(told);
  }

  private static void compareHere(Case c) throws Exception {
    String name = CompareCopies.class.getPackageName() + ".pair." + c.work;
    ClassLoader here = CompareCopies.class.getClassLoader();
    Crew woven = new Crew(work(here, name), c.threads);
    Crew bare = new Crew(work(new BareCopies(here), BareCopies.PREFIX + name), c.threads);
    int pairs = 1_000;
    for (int i = 0; i < WARM_UP; i++) {
      double slower = Math.max(woven.nanos(pairs), bare.nanos(pairs));
      pairs = (int) Math.max(1_000, SLICE_NANOS / slower);
    }
    double[] nanos = new double[SLICES];
    double[] differences = new double[SLICES];
    double[] percents = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      double with = i % 2 == 0 ? woven.nanos(pairs) : 0;
      double without = bare.nanos(pairs);
      if (i % 2 != 0) {
        with = woven.nanos(pairs);
      }
      nanos[i] = without;
      differences[i] = with - without;
      percents[i] = 100 * (with / without - 1);
    }
    System.out.println(median(nanos) + " " + median(differences) + " " + median(percents));
    System.exit(0);
  }

  private static Work work(ClassLoader loader, String name) throws ReflectiveOperationException {
    return (Work) Class.forName(name, true, loader).getConstructor().newInstance();
  }

  private static String row(Case c, List<Compared> all) {
    double[] percents = all.stream().mapToDouble(each -> each.percent).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f | %+.1f | %+.1f | %+.1f, %+.1f |",
        c.what,
        c.threads,
        median(all.stream().mapToDouble(each -> each.bare).toArray()),
        median(all.stream().mapToDouble(each -> each.difference).toArray()),
        median(percents),
        percents[0],
        percents[percents.length - 1]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** What one JVM told. */
  private static final class Compared {
    final double bare;
    final double difference;
    final double percent;

    Compared(String told) {
      String[] each = told.split(" ", -1);
      bare = Double.parseDouble(each[0]);
      difference = Double.parseDouble(each[1]);
      percent = Double.parseDouble(each[2]);
    }
  }
}
