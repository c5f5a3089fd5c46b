package io.poolwatch.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What came of a forked JVM: its exit code, and what it wrote. Immutable. */
public final class ForkedRun {
  private static final String MARK = "[poolwatch] ";
  private static final Pattern BROKEN_CONTRACT =
      Pattern.compile(" WARN (\\d+ more of: )?([a-z_]+ in pool |broken contracts |\\d+ broken)");

  private static final Pattern FINDING = Pattern.compile(" WARN (finding|collapse)");

  private static final Pattern WORTH =
      Pattern.compile(" INFO (verdict|this service with and without)");

  private final String command;
  private final int exitCode;
  private final String out;
  private final List<String> agentLines = new ArrayList<>();
  private final String serviceErr;
  private final List<PoolRow> pools = new ArrayList<>();

  ForkedRun(String command, int exitCode, String out, String err) {
    this.command = command;
    this.exitCode = exitCode;
    this.out = out;
    StringBuilder rest = new StringBuilder();
    boolean inTable = false;
    boolean inReport = false;
    for (String line : lines(err)) {
      boolean marked = line.startsWith(MARK);
      if (marked) {
        inTable = line.stripTrailing().endsWith("pools at exit:");
        inReport =
            BROKEN_CONTRACT.matcher(line).find()
                || FINDING.matcher(line).find()
                || WORTH.matcher(line).find();
        agentLines.add(line.stripTrailing());
      } else if (inTable && line.startsWith("  ")) {
        agentLines.add(line.stripTrailing());
        PoolRow.parse(line).ifPresent(pools::add);
      } else if (inReport && line.startsWith("  ")) {
        agentLines.add(line.stripTrailing());
      } else {
        inTable = false;
        inReport = false;
        rest.append(line);
      }
    }
    serviceErr = rest.toString();
  }

  /** The lines of a text, each with its end. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  /** Standard output, all of it. */
  public String out() {
    return out;
  }

  /** The figures of a service whose standard output is lines such as {@code name = 12}. */
  public Map<String, Long> figures() {
    return out.lines()
        .map(line -> line.split(" = "))
        .collect(Collectors.toMap(line -> line[0], line -> Long.valueOf(line[1])));
  }

  /** Standard error without the agent's own lines. */
  public String serviceErr() {
    return serviceErr;
  }

  /** The agent's own lines. */
  public List<String> agentLines() {
    return agentLines;
  }

  /** What the agent found of misuse, each in one text; what it sums up at the end is not there. */
  public List<String> findings() {
    List<String> found = new ArrayList<>();
    boolean inFinding = false;
    for (String line : agentLines) {
      if (line.startsWith(MARK)) {
        inFinding = line.contains(" WARN finding ");
        if (inFinding) {
          found.add(line);
        }
      } else if (inFinding) {
        int last = found.size() - 1;
        found.set(last, found.get(last) + "\n" + line);
      }
    }
    return found;
  }

  /** The agent's own lines that complain; what it says of broken contracts is its job. */
  public List<String> agentComplaints() {
    return agentLines.stream()
        .filter(line -> line.startsWith(MARK) && !line.contains(" INFO "))
        .filter(line -> !BROKEN_CONTRACT.matcher(line).find())
        .collect(Collectors.toList());
  }

  /** The table at exit. */
  public List<PoolRow> pools() {
    return pools;
  }

  /** The only row of the table at exit that belongs to a system. */
  public PoolRow pool(String system) {
    List<PoolRow> rows =
        pools.stream().filter(row -> row.system.equals(system)).collect(Collectors.toList());
    assertThat(rows).as("pools of %s in %s", system, this).hasSize(1);
    return rows.get(0);
  }

  /**
   * A figure of all rows of a system together. A pool that was first seen before it made an object
   * has a row apart from those of the same name whose object type was known by then.
   */
  public long sum(String system, ToLongFunction<PoolRow> figure) {
    return pools.stream().filter(row -> row.system.equals(system)).mapToLong(figure).sum();
  }

  /** Asserts that the service came to its end as it wanted to. */
  public ForkedRun succeeded() {
    assertThat(exitCode).as("exit code of %s", this).isZero();
    return this;
  }

  /** Asserts that the agent had nothing to complain about. */
  public ForkedRun withoutComplaint() {
    assertThat(agentComplaints()).as("complaints in %s", this).isEmpty();
    return this;
  }

  @Override
  public String toString() {
    return command
        + "\nexit code "
        + exitCode
        + "\n--- standard output\n"
        + out
        + "--- standard error of the service\n"
        + serviceErr
        + "--- of the agent\n"
        + String.join("\n", agentLines);
  }
}
