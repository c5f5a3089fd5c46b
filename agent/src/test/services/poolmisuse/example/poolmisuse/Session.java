package example.poolmisuse;

/** What is pooled, with a method that is a use of it: so that its class can be guarded. */
class Session {
  private int sent;

  void send() {
    sent++;
  }
}
