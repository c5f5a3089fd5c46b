package example.orders;

/** The same without JMX, which would hold the pool for ever. */
public final class UnmanagedOrders {
  private UnmanagedOrders() {}

  public static void main(String[] arguments) throws Exception {
    OrderService.run(false, 1000);
  }
}
