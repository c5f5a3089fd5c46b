package io.poolwatch.agent.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which an agent and who asks it leave files for each other. Only one user may look
 * into it: it must be theirs, be closed to all others, and be no symbolic link; so must the files.
 * What is written appears at once and as a whole. Immutable.
 */
public final class LiveFolder {
  /** What agents and tools must agree upon to understand each other. */
  public static final int PROTOCOL = 1;

  private static final int TYPE = 0170000;
  private static final int FOLDER = 0040000;
  private static final int PLAIN = 0100000;
  private static final int LINK = 0120000;
  private static final int OF_OTHERS = 0077;
  private static final int WRITTEN_BY_ALL = 0002;
  private static final int STICKY = 01000;

  /** More than the state of ten thousand pools. */
  private static final long MOST_BYTES = 256L << 20;

  private final Path path;
  private final int owner;

  /**
   * A folder that may not be there yet.
   *
   * @throws UntrustedFolder if this system does not say to whom files belong
   */
  public LiveFolder(Path path) throws UntrustedFolder {
    this.path = path;
    try {
      owner = Processes.ownUser();
    } catch (IOException | RuntimeException unknown) {
      throw new UntrustedFolder("this system does not tell to whom files belong");
    }
  }

  /**
   * Where the folder is if nobody says otherwise: in {@code /tmp}, since a service's own folder for
   * temporary files may be set to anything, named after the number of the user.
   *
   * @param root of the file system; that of a container, seen from outside
   */
  public static Path usual(Path root) throws IOException {
    return root.resolve("tmp").resolve("poolwatch-" + Processes.ownUser());
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Whether there is anything of its name. */
  public boolean isThere() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes the folder if it is not there, and checks it.
   *
   * @throws UntrustedFolder if it is not this user's alone
   */
  public void make() throws IOException {
    try {
      Files.createDirectory(path, rights("rwx------"));
    } catch (FileAlreadyExistsException there) {
      check();
      return;
    }
    check();
  }

  /**
   * Checks the folder as it is now.
   *
   * @throws NoSuchFileException if it is not there
   * @throws UntrustedFolder if it is not this user's alone
   */
  public void check() throws IOException {
    Facts facts = Facts.of(path);
    int mode = facts.mode;
    if ((mode & TYPE) == LINK) {
      throw new UntrustedFolder(
          path + " is a symbolic link, which is not followed; remove it, or name another folder");
    }
    if ((mode & TYPE) != FOLDER) {
      throw new UntrustedFolder(path + " is no folder; remove it, or name another one");
    }
    if (facts.uid != owner) {
      throw new UntrustedFolder(
          path
              + " belongs to user "
              + facts.uid
              + " and this is user "
              + owner
              + "; only the same user may look in: run it as that user, or name another folder");
    }
    if ((mode & OF_OTHERS) != 0) {
      throw new UntrustedFolder(path + " is open to other users; chmod 700 it");
    }
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      int above = (Integer) Files.getAttribute(parent, "unix:mode");
      if ((above & WRITTEN_BY_ALL) != 0 && (above & STICKY) == 0) {
        throw new UntrustedFolder(
            parent + " lets everybody rename what is in it; chmod +t it, or name another folder");
      }
    }
  }

  /** Where a file of a JVM is. */
  public Path file(LiveName of, LiveFile file) {
    return path.resolve(of + file.suffix());
  }

  /** The JVMs of which there is such a file, in order of their numbers. */
  public List<LiveName> all(LiveFile file) throws IOException {
    List<LiveName> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path each : entries) {
        String text = String.valueOf(each.getFileName());
        if (text.endsWith(file.suffix())) {
          LiveName name = LiveName.parse(text.substring(0, text.length() - file.suffix().length()));
          if (name != null) {
            names.add(name);
          }
        }
      }
    }
    Collections.sort(
        names,
        (one, other) ->
            one.pid() == other.pid()
                ? Long.compare(one.namespace(), other.namespace())
                : Long.compare(one.pid(), other.pid()));
    return names;
  }

  /** Something that writes a file's content. */
  public interface Content {
    /** Writes it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Puts a file into the place of what was there, as a whole. */
  public void write(LiveName of, LiveFile file, Content content) throws IOException {
    Path target = file(of, file);
    Path fresh = path.resolve(of + file.suffix() + ".new");
    // Left by a process that ended while it wrote.
    Files.deleteIfExists(fresh);
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.WRITE);
    options.add(StandardOpenOption.CREATE_NEW);
    options.add(LinkOption.NOFOLLOW_LINKS);
    try {
      try (OutputStream out =
          Channels.newOutputStream(Files.newByteChannel(fresh, options, rights("rw-------")))) {
        content.writeTo(out);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Reads a file.
   *
   * @return null if it is not there
   * @throws UntrustedFolder if it is not a plain file of this user
   */
  public byte @Nullable [] read(LiveName of, LiveFile file) throws IOException {
    Path source = file(of, file);
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.READ);
    options.add(LinkOption.NOFOLLOW_LINKS);
    try {
      Facts facts = Facts.of(source);
      if ((facts.mode & TYPE) != PLAIN || facts.uid != owner) {
        throw new UntrustedFolder(source + " is not a plain file of this user; remove it");
      }
      if (facts.size > MOST_BYTES) {
        throw new UntrustedFolder(source + " is larger than any state");
      }
      try (InputStream in = Channels.newInputStream(Files.newByteChannel(source, options))) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        return bytes.toByteArray();
      }
    } catch (NoSuchFileException goneOrNeverThere) {
      return null;
    }
  }

  /** When a file was last written, in a clock's milliseconds that only tells changes; 0: never. */
  public long writtenAt(LiveName of, LiveFile file) {
    // Not by NIO, which makes an exception for each look at a file that is not there.
    return file(of, file).toFile().lastModified();
  }

  /** Takes a file away, if it is there. */
  public void remove(LiveName of, LiveFile file) throws IOException {
    Files.deleteIfExists(file(of, file));
  }

  /** Takes all files of a JVM away. */
  public void removeAll(LiveName of) throws IOException {
    for (LiveFile each : EnumSet.allOf(LiveFile.class)) {
      remove(of, each);
    }
  }

  private static FileAttribute<?> rights(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }

  /** What the file system says of something, not of what it links to. */
  private static final class Facts {
    final int mode;
    final int uid;
    final long size;

    private Facts(Map<String, Object> attributes) {
      mode = number(attributes.get("mode")).intValue();
      uid = number(attributes.get("uid")).intValue();
      size = number(attributes.get("size")).longValue();
    }

    static Facts of(Path path) throws IOException {
      return new Facts(Files.readAttributes(path, "unix:mode,uid,size", LinkOption.NOFOLLOW_LINKS));
    }

    private static Number number(@Nullable Object value) {
      if (value instanceof Number) {
        return (Number) value;
      }
      throw new IllegalStateException("this file system does not tell to whom files belong");
    }
  }
}
