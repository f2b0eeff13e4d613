package dev.muster.app;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.people.Directory;
import dev.muster.catalog.slot.Slots;
import dev.muster.cli.Serving;
import dev.muster.drill.Secret;
import dev.muster.people.People;
import dev.muster.people.signon.SignOn;
import dev.muster.schedule.Duty;
import dev.muster.schedule.queue.Filling;
import dev.muster.schedule.queue.FleetFilling;
import dev.muster.schedule.queue.Shift;
import dev.muster.schedule.slot.SlotKeeping;
import dev.muster.telling.Couriers;
import dev.muster.web.Listening;
import dev.muster.web.Web;
import dev.muster.web.entrance.Entrance;
import dev.muster.web.stream.Streams;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Muster as a service: everything that runs in {@code muster serve}, in the order in which it starts and ends. */
final class Service implements Serving {
    private final Optional<Secret> firstPassword;
    private final Listening listening;
    private final Web web;
    private final Streams streams;
    private final Duty duty;
    private final AtomicBoolean serving;
    private final Couriers couriers;

    private Service(
            Optional<Secret> firstPassword,
            Listening listening,
            Web web,
            Streams streams,
            Duty duty,
            Couriers couriers,
            AtomicBoolean serving) {
        this.firstPassword = firstPassword;
        this.listening = listening;
        this.web = web;
        this.streams = streams;
        this.duty = duty;
        this.serving = serving;
        this.couriers = couriers;
    }

    /**
     * Starts all of it.
     *
     * @param catalog held open as long as the service is up
     * @param port instead of the settings' own
     */
    static Service start(Wiring wiring, Settings settings, Catalog catalog, Optional<Integer> port, Clock clock) {
        People people = wiring.people();
        Optional<Secret> firstPassword = people.register().firstAdministrator();
        Slots slots = new Slots(catalog);
        Shift shift = new Shift(
                catalog,
                slots,
                wiring.library(),
                wiring.runbooks(),
                wiring.conductor(),
                wiring.reaper(),
                wiring.ledger(),
                settings.drills(),
                clock);
        SlotKeeping keeping = wiring.slotKeeping();
        FleetFilling fleets = new FleetFilling(
                wiring.rolls()::of,
                wiring.calendars(),
                new Fleets(catalog),
                slots,
                shift.queue(),
                wiring.library(),
                wiring.conductor()::refuse,
                wiring.ledger(),
                clock);
        Filling filling =
                new Filling(wiring.watch(keeping)::look, keeping, slots, shift.queue(), shift.desk(), fleets, clock);
        Duty duty = new Duty(catalog, shift, filling, wiring::heartbeat, people::tidy);
        AtomicBoolean serving = new AtomicBoolean();
        ServiceParts parts =
                new ServiceParts(wiring, settings, catalog, slots, shift.desk(), people, serving::get, clock);
        Entrance entrance = new Entrance(
                people,
                settings.comingIn()
                        .signOn()
                        .map(signOn -> new SignOn(signOn, new Directory(catalog).signOns(), people.guests(), clock)),
                parts.layout());
        Streams streams = new Streams(shift.desk(), clock);
        Listening listening = port.map(settings.listening()::at).orElse(settings.listening());
        Web web = Web.start(listening, entrance, parts.with(entrance, streams), parts.layout(), clock);
        Couriers couriers = wiring.couriers();
        Service service = new Service(firstPassword, listening, web, streams, duty, couriers, serving);
        duty.start(service.address());
        wiring.telling().tellWhatWasLeft();
        couriers.start();
        serving.set(true);
        return service;
    }

    @Override
    public Optional<Secret> firstPassword() {
        return firstPassword;
    }

    @Override
    public URI address() {
        return listening.address(web.port());
    }

    @Override
    public int beginNothingMore() {
        serving.set(false);
        return duty.beginNothingMore();
    }

    @Override
    public void hurry() {
        duty.hurry();
    }

    /** The pages last: they show how the drills end. */
    @Override
    public void close() {
        serving.set(false);
        try {
            duty.close();
        } finally {
            couriers.close();
            streams.close();
            web.close();
        }
    }
}
