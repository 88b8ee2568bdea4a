package io.firn.simulator.world;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of the one suite that runs in every world: `-Dgroups=world` chooses those. What it
/// cannot do somewhere it says with [Needs].
@Documented
@Inherited
@Tag("world")
@ExtendWith(WorldReport.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InEveryWorld {}
