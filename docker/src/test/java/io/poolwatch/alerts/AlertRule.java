package io.poolwatch.alerts;

/** One alert rule: when it fires, and what it then says. Immutable. */
public final class AlertRule {
  /** How soon somebody has to look. */
  public enum Severity {
    /** At once: the service does wrong, or refuses work. */
    PAGE,
    /** In working hours. */
    TICKET;

    /** Value of the label {@code severity}. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final String name;
  private final Severity severity;
  private final String expression;
  private final String pending;
  private final String keepFiring;
  private final String summary;
  private final String description;

  AlertRule(
      String name,
      Severity severity,
      String expression,
      String pending,
      String keepFiring,
      String summary,
      String description) {
    this.name = name;
    this.severity = severity;
    this.expression = expression;
    this.pending = pending;
    this.keepFiring = keepFiring;
    this.summary = summary;
    this.description = description;
  }

  /** The alert's name, which is its runbook's too. */
  public String name() {
    return name;
  }

  Severity severity() {
    return severity;
  }

  /** What has a value for each thing that is wrong. */
  public String expression() {
    return expression;
  }

  /** How long it must hold before it fires. */
  String pending() {
    return pending;
  }

  /** How long it goes on firing after it held last. */
  String keepFiring() {
    return keepFiring;
  }

  /** A sentence with placeholders of Prometheus' templates. */
  String summary() {
    return summary;
  }

  String description() {
    return description;
  }

  /** The page to read, from the repository's root. */
  public String runbook() {
    return "docs/runbooks/" + name + ".md";
  }
}
