package io.poolwatch.agent.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFolderTest {
  private static final LiveName NAME = new LiveName(4711, 1);
  private static final int SOMEBODY_ELSE = 12_345;

  @TempDir private Path above;
  private Path path;
  private LiveFolder folder;

  @BeforeEach
  void name() throws IOException {
    path = above.resolve("live");
    folder = new LiveFolder(path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(String text) throws IOException {
    folder.write(NAME, LiveFile.STATE, out -> out.write(bytes(text)));
  }

  private static String rights(Path of) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
  }

  @Test
  void folderAndFilesAreTheOwnersAlone() throws IOException {
    folder.make();
    folder.make();
    write("a");
    write("b");
    assertThat(rights(path)).isEqualTo("rwx------");
    assertThat(rights(folder.file(NAME, LiveFile.STATE))).isEqualTo("rw-------");
    assertThat(folder.read(NAME, LiveFile.STATE)).isEqualTo(bytes("b"));
    assertThat(path).isDirectoryContaining(each -> each.endsWith("4711.1.json"));
    assertThat(path.toFile().list()).hasSize(1);
  }

  @Test
  void linkInPlaceOfTheFolderIsNotFollowed() throws IOException {
    Path real = Files.createDirectory(above.resolve("real"));
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(path, real);
    assertThatThrownBy(folder::make)
        .isInstanceOf(UntrustedFolder.class)
        .hasMessageContaining("symbolic link");
    assertThatThrownBy(folder::check).isInstanceOf(UntrustedFolder.class);
    assertThat(real).isEmptyDirectory();
  }

  @Test
  void folderThatIsOpenToOthersIsRefused() throws IOException {
    folder.make();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(folder::check)
        .isInstanceOf(UntrustedFolder.class)
        .hasMessageContaining("chmod 700");
  }

  @Test
  void folderUnderOneInWhichAllMayRenameIsRefused() throws IOException {
    folder.make();
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(folder::check)
        .isInstanceOf(UntrustedFolder.class)
        .hasMessageContaining("chmod +t");
  }

  @Test
  void fileInPlaceOfTheFolderIsRefused() throws IOException {
    Files.createFile(path);
    assertThatThrownBy(folder::make)
        .isInstanceOf(UntrustedFolder.class)
        .hasMessageContaining("no folder");
  }

  /** Only root can give a folder away; for others the owner is compared all the same. */
  @Test
  void folderOfSomebodyElseIsRefused() throws IOException {
    Path foreign = path;
    if (Processes.ownUser() == 0) {
      folder.make();
      Files.setAttribute(path, "unix:uid", SOMEBODY_ELSE);
    } else {
      foreign = Path.of("/root");
    }
    LiveFolder other = new LiveFolder(foreign);
    assertThatThrownBy(other::check)
        .isInstanceOf(UntrustedFolder.class)
        .hasMessageContaining("belongs to user");
  }

  @Test
  void linkInPlaceOfFileIsReplacedWhenWrittenAndRefusedWhenRead() throws IOException {
    folder.make();
    Path victim = Files.writeString(above.resolve("victim"), "untouched");
    Path link = folder.file(NAME, LiveFile.STATE);
    Files.createSymbolicLink(link, victim);
    assertThatThrownBy(() -> folder.read(NAME, LiveFile.STATE)).isInstanceOf(IOException.class);
    write("new");
    assertThat(victim).hasContent("untouched");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(link).hasContent("new");
  }

  @Test
  void linkInPlaceOfTheUnfinishedFileIsNotWrittenThrough() throws IOException {
    folder.make();
    Path victim = Files.writeString(above.resolve("victim"), "untouched");
    Files.createSymbolicLink(path.resolve("4711.1.json.new"), victim);
    write("new");
    assertThat(victim).hasContent("untouched");
    assertThat(folder.file(NAME, LiveFile.STATE)).hasContent("new");
  }

  @Test
  void unfinishedFileIsTakenAwayAndTheFormerOneStays() throws IOException {
    folder.make();
    write("former");
    assertThatThrownBy(
            () ->
                folder.write(
                    NAME,
                    LiveFile.STATE,
                    out -> {
                      out.write(bytes("half"));
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(path.toFile().list()).containsExactly("4711.1.json");
    assertThat(folder.read(NAME, LiveFile.STATE)).isEqualTo(bytes("former"));
  }

  @Test
  void fileThatIsNotThereIsNoFailure() throws IOException {
    folder.make();
    assertThat(folder.read(NAME, LiveFile.STATE)).isNull();
    assertThat(folder.writtenAt(NAME, LiveFile.STATE)).isZero();
    folder.removeAll(NAME);
  }

  @Test
  void jvmsAreFoundByTheirFilesAndNothingElseIsTakenForOne() throws IOException {
    folder.make();
    for (String each : new String[] {"12.3.agent", "5.3.agent", "x.agent", "7.agent", "9.3.json"}) {
      Files.createFile(path.resolve(each));
    }
    assertThat(folder.all(LiveFile.AGENT)).containsExactly(new LiveName(5, 3), new LiveName(12, 3));
  }
}
