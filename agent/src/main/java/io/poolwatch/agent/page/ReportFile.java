package io.poolwatch.agent.page;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a file whole or not at all, and with care: the service may run as root, and the folder may
 * be open to others. It is written beside its place under another name, readable by its owner only,
 * and then put there at once. A link in its place is not followed, and nothing but a plain file is
 * replaced.
 */
final class ReportFile {
  private ReportFile() {}

  /** Writes what the file is to hold. */
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  static void write(Path file, Content content) throws IOException {
    Path place = file.toAbsolutePath();
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString(), null, "it is there, and no plain file");
    }
    Path folder = place.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NotDirectoryException(String.valueOf(folder));
    }
    Path name = place.getFileName();
    Path beside = folder.resolve("." + name + "." + ProcessHandle.current().pid() + ".part");
    // What an earlier attempt left; a link goes itself, not what it leads to.
    Files.deleteIfExists(beside);
    try {
      try (Writer out = open(beside)) {
        content.writeTo(out);
      }
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException | Error failure) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException another) {
        failure.addSuppressed(another);
      }
      throw failure;
    }
  }

  private static Writer open(Path beside) throws IOException {
    Set<java.nio.file.OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.WRITE);
    options.add(StandardOpenOption.CREATE_NEW);
    options.add(LinkOption.NOFOLLOW_LINKS);
    FileAttribute<?>[] ownerOnly =
        beside.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    FileChannel channel = FileChannel.open(beside, options, ownerOnly);
    return new BufferedWriter(
        new OutputStreamWriter(
            Channels.newOutputStream(channel),
            // Half of a pair of surrogates, in a name, is no reason to have no report.
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE)));
  }
}
