package example.quiet;

import java.util.ArrayList;
import java.util.List;

/** A service without any pool, that writes to both of its streams. */
public final class QuietService {
  private QuietService() {}

  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of("no", "pool", "here"));
    words.forEach(System.out::println);
    System.err.println("and nothing else on standard error");
  }
}
