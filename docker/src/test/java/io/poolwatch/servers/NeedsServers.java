package io.poolwatch.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs where {@code docker/servers} put the programs named. Where nobody asked for servers the
 * tests are skipped, which the build lists by name; asked for and not to be had is a failure.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("servers")
@ExtendWith(ServersCondition.class)
@interface NeedsServers {
  /** Names as {@code docker/servers --help} lists them. */
  String[] value();
}
