package io.poolwatch.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir private Path folder;

  @Test
  void newFileIsReadableByItsOwnerOnlyAndAnOldOneIsAppendedTo() throws IOException {
    Path file = folder.resolve("log ä");
    write(file, "one");
    write(file, "two");
    assertThat(file).hasContent("onetwo");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "making a link takes a privilege there")
  void linkIsNotFollowed() throws IOException {
    Path target = Files.writeString(folder.resolve("precious"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
    assertThatThrownBy(() -> write(link, "new")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> write(dangling, "new")).isInstanceOf(IOException.class);
    assertThat(target).hasContent("old");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void folderIsRefused() {
    assertThatThrownBy(() -> write(folder, "x")).isInstanceOf(IOException.class);
  }

  private static void write(Path file, String text) throws IOException {
    try (OutputStream out = LogFile.open(file.toString())) {
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
