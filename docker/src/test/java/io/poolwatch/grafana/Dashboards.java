package io.poolwatch.grafana;

import io.poolwatch.promql.Translation;
import java.util.LinkedHashMap;
import java.util.Map;

/** The dashboards' files. */
public final class Dashboards {
  private Dashboards() {}

  /** Text by the path of the file, from the repository's root. */
  public static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    add(files, Translation.WITH_SUFFIXES, "docker/grafana/dashboards/");
    add(files, Translation.WITHOUT_SUFFIXES, "docker/without-suffixes/dashboards/");
    return files;
  }

  private static void add(Map<String, String> files, Translation translation, String folder) {
    files.put(folder + "overview.json", Overview.file(translation));
    files.put(folder + "pool.json", PoolDetails.file(translation));
  }
}
