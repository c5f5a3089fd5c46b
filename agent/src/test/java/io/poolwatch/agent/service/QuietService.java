package io.poolwatch.agent.service;

/** A service without pools: a word on each stream, and an end. */
public final class QuietService {
  private QuietService() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    System.out.println("service: out");
    System.err.println("service: err");
  }
}
