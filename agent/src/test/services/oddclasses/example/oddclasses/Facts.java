package example.oddclasses;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** All that reflection, serialization and security see of a class and an object of it. */
final class Facts {
  private final Path written;

  /**
   * Facts.
   *
   * @param written where objects lie that another run has serialized, or are to be put
   */
  Facts(Path written) {
    this.written = written;
  }

  String of(String name, Class<?> type, Object object) throws Exception {
    return String.join(
        "\n  ",
        name + " " + plain(type.getName()),
        "modifiers " + Modifier.toString(type.getModifiers()) + " " + type.getModifiers(),
        "fields " + sorted(type.getDeclaredFields()),
        "methods " + sorted(type.getDeclaredMethods()),
        "public methods " + sorted(type.getMethods()),
        "constructors " + sorted(type.getDeclaredConstructors()),
        "classes " + sorted(type.getDeclaredClasses()),
        "supertypes " + plain(type.getSuperclass() + " " + sorted(type.getInterfaces())),
        "record " + (type.isRecord() ? Arrays.toString(type.getRecordComponents()) : "no"),
        "enum " + Arrays.toString(type.getEnumConstants()),
        "hidden " + type.isHidden(),
        "synthetic " + type.isSynthetic(),
        "nest " + plain(type.getNestHost() + " " + sorted(type.getNestMembers())),
        "module " + type.getModule().getName() + " " + type.getModule().getDescriptor(),
        "loader " + (type.getClassLoader() == Facts.class.getClassLoader()),
        "signers " + (type.getSigners() == null ? "none" : type.getSigners().length),
        "certificates " + certificates(type),
        "annotations " + Arrays.toString(type.getAnnotations()),
        "values " + (type.isEnum() ? "an enum's" : values(type, object)),
        "serialized " + serialized(name, type, object));
  }

  private static String certificates(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getCertificates() == null
        ? "none"
        : source.getCertificates().length + " of " + source.getCodeSigners().length;
  }

  private static String sorted(Object[] members) {
    return Arrays.stream(members)
        .map(member -> plain(member.toString()))
        .sorted()
        .collect(Collectors.joining("; "));
  }

  /** Hidden classes are named by an address, lambdas by how many the JVM has made before. */
  static String plain(String text) {
    return text.replaceAll("[/.]0x[0-9a-f]+", "/hidden").replaceAll("Lambda[$]\\d+", "Lambda");
  }

  private static String values(Class<?> type, Object object) throws IllegalAccessException {
    if (object == null) {
      return "none";
    }
    StringBuilder values = new StringBuilder();
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == int.class && accessible(field)) {
        values.append(field.getName()).append(' ').append(field.getInt(object)).append(' ');
      }
    }
    return values.toString();
  }

  private static boolean accessible(AccessibleObject member) {
    try {
      member.setAccessible(true);
      return true;
    } catch (InaccessibleObjectException closed) {
      return false;
    }
  }

  private String serialized(String name, Class<?> type, Object object) throws Exception {
    if (!(object instanceof Serializable)) {
      return "not";
    }
    ObjectStreamClass stream = ObjectStreamClass.lookup(type);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    Path file = written.resolve(name + ".ser");
    if (!Files.exists(file)) {
      Files.write(file, bytes.toByteArray());
    }
    return "version "
        // That of a lambda is computed from its name, and so is another one in each run.
        + (type.isHidden() ? "" : stream.getSerialVersionUID())
        + " fields "
        + sorted(stream.getFields())
        + " read "
        + read(bytes.toByteArray(), type, object)
        + " read from a file "
        + read(Files.readAllBytes(file), type, object)
        + " "
        + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String read(byte[] bytes, Class<?> type, Object object) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      Object read = in.readObject();
      return (read == object) + " " + plain(read.getClass().getName());
    }
  }
}
