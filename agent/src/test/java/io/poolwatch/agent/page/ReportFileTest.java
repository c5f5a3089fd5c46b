package io.poolwatch.agent.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir Path folder;

  private void assertNothingElseIn(Path place, int files) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      assertThat(all).hasSize(files);
    }
  }

  @Test
  void fileIsForItsOwnerOnlyAndReplacedWhole() throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    ReportFile.write(file, out -> out.write("new \ud800 \u00e9"));
    assertThat(file).hasContent("new ? \u00e9");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertNothingElseIn(folder, 1);
  }

  @Test
  void linkIsNotFollowed() throws IOException {
    Path target = folder.resolve("precious");
    Files.writeString(target, "keep");
    Path link = Files.createSymbolicLink(folder.resolve("report.html"), target);
    assertThatThrownBy(() -> ReportFile.write(link, out -> out.write("x")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("no plain file");
    assertThat(target).hasContent("keep");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void linkInPlaceOfTheUnfinishedFileIsNotFollowed() throws IOException {
    Path target = folder.resolve("precious");
    Files.writeString(target, "keep");
    long pid = ProcessHandle.current().pid();
    Files.createSymbolicLink(folder.resolve(".report.html." + pid + ".part"), target);
    ReportFile.write(folder.resolve("report.html"), out -> out.write("x"));
    assertThat(target).hasContent("keep");
    assertThat(folder.resolve("report.html")).hasContent("x").isRegularFile();
  }

  @Test
  void whatFailsLeavesTheOldOneAndNothingBeside() throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                ReportFile.write(
                    file,
                    out -> {
                      out.write("half");
                      throw new IOException("planted");
                    }))
        .hasMessage("planted");
    assertThat(file).hasContent("old");
    assertNothingElseIn(folder, 1);
  }

  @Test
  void folderThatIsNotThereIsSaid() {
    assertThatThrownBy(
            () -> ReportFile.write(folder.resolve("none/report.html"), out -> out.write("x")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> ReportFile.write(folder, out -> out.write("x")))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void figuresLieBesideThePageOrInItsPlace() {
    assertThat(ReportFormat.BOTH.figuresBeside(Path.of("a/report.html")))
        .isEqualTo(Path.of("a/report.json"));
    assertThat(ReportFormat.BOTH.figuresBeside(Path.of("report")))
        .isEqualTo(Path.of("report.json"));
    assertThat(ReportFormat.JSON.figuresBeside(Path.of("x.html"))).isEqualTo(Path.of("x.html"));
    assertThat(ReportFormat.of("Both")).isEqualTo(ReportFormat.BOTH);
    assertThat(ReportFormat.of("?")).isEqualTo(ReportFormat.HTML);
  }

  @Test
  void nameHasTheProcessIdWhereItIsAskedFor() {
    long pid = ProcessHandle.current().pid();
    assertThat(ExitReport.placed("a%p%%p%x%")).isEqualTo("a" + pid + "%p%x%");
  }
}
