package io.poolwatch.agent.start;

import com.google.gson.stream.JsonWriter;
import io.poolwatch.agent.live.LiveFolder.Content;
import io.poolwatch.agent.page.ReportWriter.Collected;
import io.poolwatch.agent.state.StateJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What who asks a running agent is told: the states, what is not among them, and reports. */
final class LiveState {
  private static final int MOST_UNWATCHED = 100;
  private static final String FIGURES = "json";

  private final Reporting reporting;
  private final List<String> unwatched;

  /**
   * Nothing is written yet.
   *
   * @param unwatched names of pool classes that were loaded before the agent
   */
  LiveState(Reporting reporting, List<String> unwatched) {
    this.reporting = reporting;
    this.unwatched = unwatched;
  }

  /** Writes the states. */
  void writeTo(OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    JsonWriter json = new JsonWriter(text);
    json.beginObject();
    StateJson.head(json, reporting.service(), Instant.now());
    json.name("not_watched").beginArray();
    for (int i = 0; i < unwatched.size() && i < MOST_UNWATCHED; i++) {
      json.value(unwatched.get(i));
    }
    json.endArray();
    StateJson.pools(json, reporting.states().now());
    json.endObject();
    json.flush();
  }

  /** A report of now: the figures if that is the format, else a page. */
  Content report(String format) {
    Collected report = reporting.writer().collect();
    return out -> {
      Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      if (format.equals(FIGURES)) {
        report.figures(text);
      } else {
        report.page(text);
      }
      text.flush();
    };
  }
}
