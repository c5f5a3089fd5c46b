package io.poolwatch.agent.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Opens the log file with care: the service may run as root, and the folder may be open to others.
 * A link in the file's place is not followed, nothing but a plain file is appended to, and a file
 * made here is readable by its owner only.
 */
final class LogFile {
  private LogFile() {}

  static OutputStream open(String name) throws IOException {
    Path path = Path.of(name);
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.WRITE);
    options.add(StandardOpenOption.APPEND);
    options.add(LinkOption.NOFOLLOW_LINKS);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(name, null, "it is there, and no plain file");
      }
      return Channels.newOutputStream(FileChannel.open(path, options));
    }
    // CREATE_NEW: if somebody makes the file, or a link, in between, this fails.
    options.remove(StandardOpenOption.APPEND);
    options.add(StandardOpenOption.CREATE_NEW);
    return Channels.newOutputStream(FileChannel.open(path, options, ownerOnly(path)));
  }

  /** Why a file cannot be used, for a person. */
  static String reason(Exception failure) {
    String said = failure.getMessage();
    return failure.getClass().getSimpleName() + (said == null ? "" : ": " + printable(said));
  }

  /** Free of control characters, which would let a value forge lines of the log. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && i < 200; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) ? '?' : c);
    }
    return out.toString();
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
