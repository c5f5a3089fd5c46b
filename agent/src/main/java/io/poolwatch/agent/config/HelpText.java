package io.poolwatch.agent.config;

/** What {@code help} prints. */
public final class HelpText {
  private HelpText() {}

  /** All keys with defaults and meaning. */
  public static String render() {
    StringBuilder text = new StringBuilder(4_000);
    text.append("poolwatch: the health of object pools as OpenTelemetry metrics\n\n")
        .append("  java -jar poolwatch.jar list                  JVMs of this user\n")
        .append("  java -jar poolwatch.jar top PID               pools of one, live; ? for help\n")
        .append("  java -jar poolwatch.jar top PID --interval 5s\n")
        .append("  java -jar poolwatch.jar top PID --once        once, as text\n")
        .append("  java -jar poolwatch.jar top PID --once --json the same for scripts\n")
        .append("  java -jar poolwatch.jar report PID FILE       into FILE.html or FILE.json\n")
        .append("    each with --directory DIR where the service has live.directory=DIR\n\n")
        .append("  java -javaagent:poolwatch.jar -jar your-service.jar\n")
        .append("  java -javaagent:poolwatch.jar=key=value,key=value -jar your-service.jar\n\n")
        .append("Each key can be given as an agent argument (key=value), as a system property\n")
        .append(
            "(-Dpoolwatch.key=value), as an environment variable (POOLWATCH_KEY=value, with _\n")
        .append("for every dot) or in the file that the key \"config\" names, in this order of\n")
        .append("strength. Where metrics go is said by OpenTelemetry's own variables, such as\n")
        .append("OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_METRICS_EXPORTER and OTEL_SERVICE_NAME.\n\n");
    for (Option option : Options.all()) {
      append(text, option);
    }
    append(text, Options.NAME);
    return text.toString();
  }

  private static void append(StringBuilder text, Option option) {
    text.append("  ").append(option.name()).append('=').append(option.kind().description());
    if (!option.defaultValue().isEmpty()) {
      text.append(" (default ").append(option.defaultValue()).append(')');
    }
    text.append('\n');
    int column = 0;
    for (String word : option.meaning().split(" ", -1)) {
      if (column == 0 || column + word.length() > 78) {
        text.append(column == 0 ? "     " : "\n     ");
        column = 5;
      }
      text.append(' ').append(word);
      column += word.length() + 1;
    }
    text.append('\n');
  }
}
