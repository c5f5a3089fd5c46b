package example.orders;

/** The same without JMX, and less of it. */
public final class FewOrders {
  private FewOrders() {}

  public static void main(String[] arguments) throws Exception {
    OrderService.run(false, 100);
  }
}
