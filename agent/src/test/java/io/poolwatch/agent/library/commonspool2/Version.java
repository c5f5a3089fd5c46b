package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.experiment.PlainWrap;
import io.poolwatch.agent.weave.LateLibrary;
import io.poolwatch.woven.commonspool2.UnpooledHooks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The releases of Commons Pool2 that are tested: all. */
final class Version {
  static final List<String> ALL =
      List.of(
          "2.0", "2.1", "2.2", "2.3", "2.4", "2.4.1", "2.4.2", "2.4.3", "2.5.0", "2.6.0", "2.6.1",
          "2.6.2", "2.7.0", "2.8.0", "2.8.1", "2.9.0", "2.10.0", "2.11.0", "2.11.1", "2.12.0",
          "2.12.1", "2.13.0", "2.13.1");

  /**
   * All that can run: the released jar of 2.4 was built with the coverage tool Cobertura in it by
   * mistake, and was replaced by 2.4.1, which is the same without.
   */
  static final List<String> RUNNABLE =
      ALL.stream().filter(version -> !version.equals("2.4")).collect(Collectors.toList());

  /** The oldest, the newest, and one for each change of internals between them. */
  static final List<String> SPREAD =
      List.of(
          "2.0", "2.1", "2.2", "2.4.1", "2.4.2", "2.6.2", "2.8.1", "2.9.0", "2.11.1", "2.12.0",
          "2.13.0", "2.13.1");

  private static final String LIBRARY = "org.apache.commons.pool2.";

  /** The package of what runs beside a woven library. */
  static final String LAWS = "io.poolwatch.agent.library.commonspool2.laws.";

  private Version() {}

  /** Compares releases number by number. */
  static int compare(String one, String other) {
    String[] a = one.split("\\.");
    String[] b = other.split("\\.");
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int order =
          Integer.compare(
              i < a.length ? Integer.parseInt(a[i]) : 0, i < b.length ? Integer.parseInt(b[i]) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  static ReleaseLoader woven(String version) {
    return new ReleaseLoader(jars(version), LIBRARY, LAWS, new CommonsPool2Library(true, false));
  }

  /** Woven so that borrows can be served past the pool. */
  static ReleaseLoader experimenting(String version) {
    UnpooledHooks.lookAtWraps(new PlainWrap());
    return new ReleaseLoader(jars(version), LIBRARY, LAWS, new CommonsPool2Library(true, true));
  }

  /** Woven as what is loaded before the agent. */
  static ReleaseLoader wovenLate(String version) {
    return new ReleaseLoader(
        jars(version), LIBRARY, LAWS, new LateLibrary(new CommonsPool2Library(true, false)));
  }

  static ReleaseLoader plain(String version) {
    return new ReleaseLoader(jars(version), LIBRARY, LAWS, null);
  }

  private static List<Path> jars(String version) {
    Path pool = ReleaseLoader.jar("commons-pool2", version);
    return version.equals("2.4")
        ? List.of(pool, ReleaseLoader.jar("cobertura", "2.1.1"))
        : List.of(pool);
  }
}
