package io.poolwatch.fork;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDKs that services are run on: that of the tests, and those whose homes the system property
 * {@code poolwatch.jdks} lists, separated like a class path; {@code agent/jdks} gets them.
 */
public final class Jdks {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private Jdks() {}

  /** The one that runs the tests. */
  public static Path own() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Those that the property lists. */
  public static Stream<Path> listed() {
    return Stream.of(System.getProperty("poolwatch.jdks", "").split(File.pathSeparator))
        .filter(home -> !home.isEmpty())
        .map(Path::of);
  }

  /** The one that runs the tests, then those that the property lists. */
  public static Stream<Path> all() {
    return Stream.concat(Stream.of(own()), listed());
  }

  /**
   * A JDK of a feature release: one that the property lists, else one that is installed where Linux
   * distributions put them.
   */
  public static Optional<Path> find(int release) {
    Optional<Path> listed = listed().filter(home -> is(home, release)).findFirst();
    if (listed.isPresent() || !Files.isDirectory(INSTALLED)) {
      return listed;
    }
    try (Stream<Path> found = Files.list(INSTALLED)) {
      List<Path> homes = found.sorted().collect(Collectors.toList());
      return homes.stream().filter(home -> is(home, release)).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why a test that needs {@link #find} was not run. */
  public static String missing(int release) {
    return "no JDK "
        + release
        + ": none is under /usr/lib/jvm, nor listed by -Dpoolwatch.jdks=\"$(agent/jdks DIRECTORY "
        + release
        + ")\"";
  }

  private static boolean is(Path home, int release) {
    Path facts = home.resolve("release");
    try {
      return Files.isExecutable(home.resolve("bin").resolve("java"))
          && Files.isReadable(facts)
          && Files.readString(facts)
              .lines()
              .anyMatch(line -> line.matches("JAVA_VERSION=\"(1\\.)?" + release + "\\b.*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
