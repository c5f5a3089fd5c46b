/** Prints how many milliseconds after the given wall-clock time its main method was reached. */
public final class Hello {
  public static void main(String[] args) {
    System.out.println(System.currentTimeMillis() - Long.parseLong(args[0]));
  }
}
