/** Loads and initialises the classes of a large service, then prints the milliseconds as Hello does. */
public final class ManyClasses {
  public static void main(String[] args) throws ReflectiveOperationException {
    long sum = 0;
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      sum += (Integer) Class.forName("C" + i).getDeclaredMethod("value").invoke(null);
    }
    if (sum < 0) {
      throw new AssertionError();
    }
    System.out.println(System.currentTimeMillis() - Long.parseLong(args[0]));
  }
}
