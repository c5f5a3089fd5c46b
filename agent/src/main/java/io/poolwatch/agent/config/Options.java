package io.poolwatch.agent.config;

import io.poolwatch.agent.config.Option.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All keys that poolwatch knows. What stands here is what {@code help} prints, what is parsed, and
 * what {@code docs/configuration.md} is checked against.
 */
public final class Options {
  private static final List<Option> ALL = new ArrayList<>();

  /** Everything off. */
  public static final Option ENABLED =
      add(new Option("enabled", Kind.FLAG, "true", "false: poolwatch does nothing at all."));

  /** A file with further keys. */
  public static final Option CONFIG =
      add(
          new Option(
              "config",
              Kind.PATH,
              "",
              "A .properties file in UTF-8 with any of these keys; weaker than the other three"
                  + " ways of setting them."));

  /** How much is logged. */
  public static final Option LOG_LEVEL =
      add(new Option("log.level", Kind.LEVEL, "info", "How much poolwatch itself logs."));

  /** Where it is logged. */
  public static final Option LOG_FILE =
      add(
          new Option(
              "log.file",
              Kind.PATH,
              "",
              "A file that the log is appended to, instead of standard error. Made readable by its"
                  + " owner only; a symbolic link is not followed."));

  /** Commons Pool2. */
  public static final Option COMMONS_POOL2 =
      add(
          new Option(
              "commons_pool2.enabled",
              Kind.FLAG,
              "true",
              "Whether Apache Commons Pool2 is watched."));

  /** Netty's Recycler. */
  public static final Option NETTY_RECYCLER =
      add(
          new Option(
              "netty_recycler.enabled", Kind.FLAG, "true", "Whether Netty's Recycler is watched."));

  /** The bundled pool. */
  public static final Option THREAD_LOCAL =
      add(
          new Option(
              "thread_local.enabled",
              Kind.FLAG,
              "true",
              "Whether poolwatch's own thread-local pool is watched."));

  /** Which pools are reported. */
  public static final Option POOLS_INCLUDE =
      add(new Option("pools.include", Kind.PATTERNS, "*", "Names of the pools that are reported."));

  /** Which pools are not reported. */
  public static final Option POOLS_EXCLUDE =
      add(
          new Option(
              "pools.exclude",
              Kind.PATTERNS,
              "",
              "Names of pools that are not reported, even if included."));

  /** Which classes are not woven. */
  public static final Option CLASSES_EXCLUDE =
      add(
          new Option(
              "classes.exclude",
              Kind.PATTERNS,
              "",
              "Full names of pool classes that are left as they are, such as"
                  + " com.example.shaded.*."));

  /** How many names. */
  public static final Option POOLS_MAX =
      add(
          new Option(
              "pools.max",
              Kind.COUNT,
              "200",
              1,
              10_000,
              "How many differently named pools are reported; those beyond are reported together as"
                  + " \"other\"."));

  /** How often durations are measured. */
  public static final Option SAMPLE_RATE =
      add(
          new Option(
              "sample.rate",
              Kind.COUNT,
              "128",
              0,
              1 << 20,
              "One borrow and one loan in so many is timed, rounded up to a power of two; 0: none."
                  + " Counts are always exact."));

  /** How many lent objects are watched. */
  public static final Option TRACK_MAX =
      add(
          new Option(
              "track.max",
              Kind.COUNT,
              "200000",
              0,
              10_000_000,
              "How many objects are watched for being lost from when they are made until they are"
                  + " collected, over all pools that do not hold what they lend; of those made"
                  + " beyond, one in sixteen or fewer is."));

  /** The value of {@link #STACK_MAX} that bounds nothing. */
  public static final int ALL_STACKS = 1_000_000;

  /** How many stacks are remembered. */
  public static final Option STACK_MAX =
      add(
          new Option(
              "stack.max",
              Kind.COUNT,
              "4",
              0,
              ALL_STACKS,
              "How many stacks of borrows and returns are remembered in each pool in a second, to"
                  + " show both sides of a broken contract; after the first one 2000, for a"
                  + " minute. 0: none; 1000000: all, always."));

  /** When a loan is overdue. */
  public static final Option OVERDUE_AFTER =
      add(
          new Option(
              "overdue.after",
              Kind.DURATION,
              "5m",
              0,
              86_400_000,
              "How long a loan lasts at least before it is told as overdue, in pools that hold what"
                  + " they lend; it must also last ten times as long as any that came back in time, and"
                  + " twice as long as any that came back after it was told. 0s: never."));

  /** Whether pooled objects are guarded. */
  public static final Option GUARD =
      add(
          new Option(
              "guard",
              Kind.FLAG,
              "true",
              "Whether calls of the methods of pooled objects are watched for use after return and"
                  + " after destroy. The classes that pools hold are woven when they are first"
                  + " seen."));

  /** Which pooled classes are guarded. */
  public static final Option GUARD_CLASSES =
      add(
          new Option(
              "guard.classes",
              Kind.PATTERNS,
              "",
              "Pooled classes to guard, by full name, such as com.example.*; those alone. Empty: all"
                  + " but Netty's own, which check their reference count themselves."));

  /** Methods that may always be called. */
  public static final Option GUARD_ALLOW =
      add(
          new Option(
              "guard.allow",
              Kind.PATTERNS,
              "",
              "Methods that are no use of a pooled object, by full class name, dot and method name,"
                  + " such as com.example.Connection.lastError or com.example.*.ping."));

  /** Whether objects of the bundled pool are guarded, too. */
  public static final Option GUARD_THREAD_LOCAL =
      add(
          new Option(
              "guard.thread_local",
              Kind.FLAG,
              "false",
              "Whether objects of the bundled thread-local pool are guarded, too, each get and put"
                  + " of which it makes some ten nanoseconds dearer."));

  /** How many objects are guarded. */
  public static final Option GUARD_MAX =
      add(
          new Option(
              "guard.max",
              Kind.COUNT,
              "20000",
              0,
              50_000,
              "How many pooled objects are guarded at a time; further ones are not until some of"
                  + " these are collected. Each takes about 100 bytes."));

  /** How many returned objects are kept out of circulation. */
  public static final Option QUARANTINE =
      add(
          new Option(
              "quarantine",
              Kind.COUNT,
              "0",
              0,
              1 << 20,
              "One guarded object in so many is not lent again after its return, so that a use of it"
                  + " is seen however late it is; the pool makes another one instead. 0: none."));

  /** Of which classes. */
  public static final Option QUARANTINE_CLASSES =
      add(
          new Option(
              "quarantine.classes",
              Kind.PATTERNS,
              "",
              "Classes of which objects go into quarantine, by full name; those alone. Empty: all that"
                  + " are guarded, need not be closed and have no field of a buffer type."));

  /** How many returned objects are looked at. */
  public static final Option FINGERPRINT =
      add(
          new Option(
              "fingerprint",
              Kind.COUNT,
              "1024",
              0,
              1 << 20,
              "The content of one returned object in so many is compared with what it is when it is"
                  + " lent again, to find writes in between. 1: all; 0: none."));

  /** Whose fields are looked at. */
  public static final Option FINGERPRINT_CLASSES =
      add(
          new Option(
              "fingerprint.classes",
              Kind.PATTERNS,
              "",
              "Classes whose objects are compared field by field, by full name, such as"
                  + " com.example.Request: not those that change by themselves, from a thread of"
                  + " their own or a callback, which would be told. Arrays, ByteBuffer, StringBuilder,"
                  + " StringBuffer and ByteArrayOutputStream are always compared."));

  /** Whether objects of the Recycler are looked at, too. */
  public static final Option FINGERPRINT_RECYCLER =
      add(
          new Option(
              "fingerprint.netty_recycler",
              Kind.FLAG,
              "false",
              "Whether that is done for Netty's Recycler, too, each get and recycle of which it"
                  + " makes a little dearer."));

  /** Whether objects of the bundled pool are looked at, too. */
  public static final Option FINGERPRINT_THREAD_LOCAL =
      add(
          new Option(
              "fingerprint.thread_local",
              Kind.FLAG,
              "false",
              "Whether that is done for the bundled thread-local pool, too, each get and put of"
                  + " which it makes a little dearer."));

  /** Whether promotion is followed. */
  public static final Option PROMOTION =
      add(
          new Option(
              "promotion",
              Kind.FLAG,
              "true",
              "Whether the collector is followed, to know which pooled objects have come into the"
                  + " old generation. Some collectors do not tell; a line in the log says so."));

  /** Whether the flight recorder may be started for it. */
  public static final Option PROMOTION_RECORDER =
      add(
          new Option(
              "promotion.recorder",
              Kind.FLAG,
              "false",
              "Whether the JDK's flight recorder is started to know promotion where there is no other"
                  + " way: on generational ZGC, and under -XX:-UsePerfData. The JVM ends when the"
                  + " recorder's disk is full, so it is not by default."));

  /** How long a misuse is seen before it is told. */
  public static final Option FINDINGS_AFTER =
      add(
          new Option(
              "findings.after",
              Kind.DURATION,
              "5m",
              0,
              86_400_000,
              "How long a misuse of a pool must go on before it is told as a finding; 0s: none is"
                  + " told."));

  /** Which pools reset their objects. */
  public static final Option DIRTY_POOLS =
      add(
          new Option(
              "dirty.pools",
              Kind.PATTERNS,
              "",
              "Names of pools whose objects are reset before they are kept: what they have in their"
                  + " fields is then looked at in each return, and told if it is not what is"
                  + " usual."));

  /** What time a verdict is about. */
  public static final Option WORTH_AFTER =
      add(
          new Option(
              "worth.after",
              Kind.DURATION,
              "5m",
              0,
              86_400_000,
              "What time a verdict on a pool's worth is about, and how long it stands at least"
                  + " before another one is told; 0s: none is made."));

  /** How often hit rates are looked at. */
  public static final Option COLLAPSE_TICK =
      add(
          new Option(
              "collapse.tick",
              Kind.DURATION,
              "10s",
              0,
              60_000,
              "How often the hit rate of each pool is judged; a collapse is told after six such"
                  + " ticks at the earliest. At least 1s, for demonstrations: the detector's figures"
                  + " are those of 10s. 0s: never."));

  /** Which pools are experimented on. */
  public static final Option EXPERIMENT =
      add(
          new Option(
              "experiment",
              Kind.PATTERNS,
              "",
              "Names of pools of which it is found out by experiment, one after the other, what they"
                  + " are worth: for half of the time, of a Recycler, or for two thirds, borrows are"
                  + " served by plain creation. For Netty's Recycler, the bundled pool, and pools of"
                  + " Commons Pool2 without keys whose objects need not be destroyed."));

  /** How long each turn of an experiment lasts. */
  public static final Option EXPERIMENT_SLICE =
      add(
          new Option(
              "experiment.slice",
              Kind.DURATION,
              "1s",
              50,
              60_000,
              "How long borrows are served in one way before they are served in the other; an"
                  + " experiment ends after some 300 of them at the latest."));

  /** How often a summary is logged. */
  public static final Option SUMMARY_PERIOD =
      add(
          new Option(
              "summary.period",
              Kind.DURATION,
              "60s",
              0,
              86_400_000,
              "How often a summary of the pools is logged when no metrics exporter is configured;"
                  + " 0s: never."));

  /** The table at exit. */
  public static final Option EXIT_TABLE =
      add(
          new Option(
              "exit.table",
              Kind.FLAG,
              "true",
              "Whether a table of all pools is logged when the JVM ends and no metrics exporter is"
                  + " configured."));

  /** Where a report goes. */
  public static final Option REPORT =
      add(
          new Option(
              "report",
              Kind.PATH,
              "",
              "A file that a report of all pools is written to as the JVM ends: one page, with no"
                  + " script and nothing to fetch. %p stands for the process id. An older one is"
                  + " replaced; a symbolic link is not followed."));

  /** What a report is like. */
  public static final Option REPORT_FORMAT =
      add(
          new Option(
              "report.format",
              Kind.REPORT,
              "html",
              "The page, or the same figures as JSON, or both: then the JSON goes into a file of"
                  + " the same name that ends in .json."));

  /** How long the end of the JVM may take. */
  public static final Option EXIT_TIMEOUT =
      add(
          new Option(
              "exit.timeout",
              Kind.DURATION,
              "2s",
              500,
              60_000,
              "How long the JVM waits at its end for the last export and the last lines of the"
                  + " log."));

  /** Whether figures are sent or logged. */
  public static final Option TELEMETRY =
      add(
          new Option(
              "telemetry",
              Kind.FLAG,
              "true",
              "Whether metrics are exported, or summed up in the log. false: neither, whatever"
                  + " OpenTelemetry's variables say, as when top starts the agent in a running JVM."));

  /** Whether the agent answers. */
  public static final Option LIVE =
      add(
          new Option(
              "live",
              Kind.FLAG,
              "true",
              "Whether java -jar poolwatch.jar top, list and report, run by the same user, are"
                  + " answered: by files, which are written only while one of them asks."));

  /** Where the agent answers. */
  public static final Option LIVE_DIRECTORY =
      add(
          new Option(
              "live.directory",
              Kind.PATH,
              "",
              "The folder of these files, made if it is not there: it must be this user's, with mode"
                  + " 0700, and no symbolic link. Empty: /tmp/poolwatch-UID, with the user's"
                  + " number."));

  /** Names given to pools: a family of keys, {@code name.PATTERN=NAME}. */
  public static final Option NAME =
      new Option(
          "name.PATTERN",
          Kind.TEXT,
          "",
          "Names a pool: name.com.example.OrderFactory=orders. The pattern, with * and ?, is"
              + " compared with the full class name of the pool's factory, of what it pools and of"
              + " the pool, in this order. Not as an environment variable.");

  /** How the keys of that family begin. */
  static final String NAME_PREFIX = "name.";

  private Options() {}

  /** All keys except the family {@link #NAME}, in the order of the documentation. */
  public static List<Option> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static Option add(Option option) {
    ALL.add(option);
    return option;
  }
}
