package io.poolwatch.promql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression names. Not a parser: real ones check the syntax where there are servers;
 * this finds the names in expressions that give every metric a selector in braces.
 */
public final class Promql {
  private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*\\{([^}]*)}");
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern BARE = Pattern.compile("\\b(?:poolwatch_|target_info)\\w*");

  private final String expression;

  /** Reads an expression. */
  public Promql(String expression) {
    this.expression = expression;
  }

  /** A metric with the label matchers it is asked with. */
  public static final class Asked {
    /** The series' name. */
    public final String metric;

    /** What its labels are compared with. */
    public final List<LabelMatcher> matchers = new ArrayList<>();

    private Asked(String metric) {
      this.metric = metric;
    }
  }

  /** One label and what it is compared with. */
  public static final class LabelMatcher {
    /** The label. */
    public final String label;

    /** What it is compared with: a value, or several with bars between. */
    public final String value;

    private LabelMatcher(String label, String value) {
      this.label = label;
      this.value = value;
    }

    /** The values named, unless they come from a dashboard variable. */
    public List<String> literalValues() {
      return value.contains("$") ? List.of() : List.of(value.split("\\|"));
    }
  }

  /** All selectors, from left to right. */
  public List<Asked> selectors() {
    List<Asked> selectors = new ArrayList<>();
    Matcher found = SELECTOR.matcher(expression);
    while (found.find()) {
      Asked selector = new Asked(found.group(1));
      Matcher label = MATCHER.matcher(found.group(2));
      while (label.find()) {
        selector.matchers.add(new LabelMatcher(label.group(1), label.group(2)));
      }
      selectors.add(selector);
    }
    return selectors;
  }

  /** Labels that the expression groups or joins by. */
  public Set<String> groupingLabels() {
    Set<String> labels = new LinkedHashSet<>();
    Matcher found = GROUPING.matcher(expression);
    while (found.find()) {
      for (String label : found.group(1).split(",")) {
        if (!label.isBlank()) {
          labels.add(label.trim());
        }
      }
    }
    return labels;
  }

  /** Metrics that have no selector: the expression would add up what belongs to others. */
  public Set<String> metricsWithoutSelector() {
    String rest = GROUPING.matcher(SELECTOR.matcher(expression).replaceAll(" ")).replaceAll(" ");
    Set<String> names = new LinkedHashSet<>();
    Matcher found = BARE.matcher(rest);
    while (found.find()) {
      names.add(found.group());
    }
    return names;
  }
}
