package io.poolwatch.examples.load;

import io.poolwatch.examples.CommandLine;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Puts load on a storefront: a rate, steady or rising evenly, shared by so many customers, each of
 * whom waits for an answer before asking again. A storefront that falls behind therefore gets fewer
 * requests, never a flood afterwards.
 */
public final class LoadGenerator {
  private static final Set<String> OPTIONS =
      Set.of("url", "rate", "rise-to", "seconds", "mix", "customers");

  private final StorefrontClient client;
  private final Mix mix;
  private final Rate rate;
  private final int customers;
  private final LoadReport report = new LoadReport();

  private LoadGenerator(URI storefront, Mix mix, Rate rate, int customers) {
    this.client = new StorefrontClient(storefront);
    this.mix = mix;
    this.rate = rate;
    this.customers = customers;
  }

  /** Runs for {@code seconds} and returns what it met; ends early when interrupted. */
  static LoadReport run(URI storefront, String mix, Rate rate, int customers, int seconds) {
    LoadGenerator load = new LoadGenerator(storefront, Mix.parse(mix), rate, customers);
    load.runCustomers(seconds);
    return load.report;
  }

  private void runCustomers(int seconds) {
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      long first = start + rate.nanosBetween(0) * i;
      Random random = new Random(i);
      Thread thread = new Thread(() -> act(start, first, end, random), "customer-" + i);
      threads.add(thread);
      thread.start();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }

  private void act(long start, long first, long end, Random random) {
    try {
      for (long due = first; due - end < 0; ) {
        long wait = due - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        request(mix.next(random), random);
        long pause = rate.nanosBetween((double) (due - start) / (end - start)) * customers;
        due = Math.max(due + pause, System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void request(Action action, Random random) throws InterruptedException {
    long start = System.nanoTime();
    try {
      int status = client.perform(action, random);
      report.answered(status, System.nanoTime() - start);
    } catch (IOException e) {
      report.failed();
    }
  }

  /**
   * Options: {@code --url}, {@code --rate}, {@code --rise-to}, {@code --seconds}, {@code --mix},
   * {@code --customers}.
   */
  public static void main(String[] args) {
    try {
      CommandLine line = CommandLine.parse(args, OPTIONS);
      URI url = URI.create(line.text("url", "http://127.0.0.1:8080"));
      String mix = line.text("mix", "browse=4,order=2,lookup=3,quote=1");
      int rate = line.number("rate", 200, 1, 100_000);
      int last = line.number("rise-to", rate, rate, 100_000);
      int seconds = line.number("seconds", 60, 1, 86_400);
      int customers = line.number("customers", 24, 1, 1_000);
      long start = System.nanoTime();
      LoadReport report = run(url, mix, new Rate(rate, last), customers, seconds);
      System.out.println(report.describe((System.nanoTime() - start) / 1e9));
    } catch (IllegalArgumentException e) {
      System.err.println(
          e.getMessage()
              + ". Options: --url U, --rate N, --rise-to N, --seconds N, --mix M, --customers N");
      System.exit(2);
    }
  }
}
