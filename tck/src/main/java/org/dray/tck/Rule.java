package org.dray.tck;

import static org.dray.AddressSpace.Kind.LOCAL;
import static org.dray.AddressSpace.Kind.PEER;
import static org.dray.Capability.ALLOCATE;
import static org.dray.Capability.DEVICE_SPACE;
import static org.dray.Capability.EXEC_DETECTION;
import static org.dray.Capability.MAP;
import static org.dray.Capability.PERSISTENT_SPACE;
import static org.dray.Capability.RAW_ADDRESS;
import static org.dray.Capability.READ_ONLY_MEMORY;
import static org.dray.Capability.SEGMENTS;
import static org.dray.Capability.SHARE;
import static org.dray.Capability.SINGLE_USE;
import static org.dray.Capability.THIRD_PARTY;
import static org.dray.tck.Gate.absent;
import static org.dray.tck.Gate.always;
import static org.dray.tck.Gate.anyRoute;
import static org.dray.tck.Gate.missingRoute;
import static org.dray.tck.Gate.noVirtualThreads;
import static org.dray.tck.Gate.requires;
import static org.dray.tck.Gate.untestable;
import static org.dray.tck.Gate.virtualThreads;
import static org.dray.tck.Level.MUST;
import static org.dray.tck.Level.SHOULD;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import org.dray.EngineInfo;

/**
 * What every backend keeps. This list is the source; {@code docs/SPEC.md} is checked against it and adds the intent of
 * each rule. An id never changes its meaning and is never used again.
 */
public enum Rule {
    DISC_01(
            MUST,
            always(),
            "probe() answers with a report within two seconds and throws nothing, however often it is " + "asked."),
    DISC_02(MUST, always(), "probe() leaves no descriptor, thread or mapping behind."),
    DISC_03(MUST, always(), "Probes of one process give equal reports, also from eight threads at once."),
    DISC_04(
            MUST,
            always(),
            "Constructing the provider is inert: it brings no descriptor, no thread and no native " + "library."),
    DISC_05(MUST, always(), "Provider, report and engine agree on id, version and machine kind."),
    DISC_06(
            MUST,
            always(),
            "Where the native library cannot be loaded the backend still answers with a report, and "
                    + "no Error escapes from loading Dray."),
    DISC_07(
            MUST,
            always(),
            "Requiring a backend that is not on the path is an IllegalArgumentException that lists "
                    + "those that are."),
    DISC_08(
            MUST,
            always(),
            "Requiring a backend that is unusable here is a CopyException with its findings; no other "
                    + "backend takes its place."),
    DISC_09(MUST, always(), "A denied backend is reported as DENIED, is not probed, and gives no engine."),
    DISC_10(MUST, always(), "If backends are required, no other is opened."),
    DISC_11(
            MUST,
            always(),
            "reports() lists every backend on the path in order of id, the unusable ones with their " + "findings."),
    DISC_12(MUST, always(), "Equal loads give equal selections, with a reason for every candidate."),
    DISC_13(
            MUST,
            always(),
            "engine(id) gives the same object at every call, one of engines(); an unknown id is an "
                    + "IllegalArgumentException that lists the known ones."),
    DISC_14(
            MUST,
            always(),
            "info() is consistent: one route for a pair of kinds at most, a space for every kind, and "
                    + "SHARE, DEVICE_SPACE, PERSISTENT_SPACE and THIRD_PARTY as spaces and routes say."),
    DISC_16(
            MUST,
            always(),
            "A provider built against another major version of the SPI is reported UNAVAILABLE with "
                    + "both versions named, and is not opened."),
    DISC_17(
            SHOULD,
            untestable("it takes a container runtime to start one"),
            "Under the default profile of a container the report is AVAILABLE, or gives the reason."),
    REG_01(
            MUST,
            always(),
            "Offsets 0, 1, page - 1, page, page + 1 and length - 1 address the right byte on every " + "route."),
    REG_02(
            MUST,
            always(),
            "A range that starts below 0, has a negative length, ends behind the region or overflows "
                    + "a long is an IndexOutOfBoundsException; no byte changes."),
    REG_03(
            MUST,
            always(),
            "A region without READ is not read, one without WRITE is not written: "
                    + "IllegalArgumentException; no byte changes."),
    REG_04(
            MUST,
            always(),
            "A read-only buffer cannot be registered or exported for writing: " + "IllegalArgumentException."),
    REG_05(MUST, requires(READ_ONLY_MEMORY), "A read-only buffer can be registered for READ and is read."),
    REG_06(
            MUST,
            absent(READ_ONLY_MEMORY),
            "Without READ_ONLY_MEMORY, registering a read-only buffer throws " + "UnsupportedOperationException."),
    REG_07(
            MUST,
            always(),
            "Heap buffers are refused by register, export and wrap with an IllegalArgumentException "
                    + "that names allocateDirect."),
    REG_08(MUST, always(), "Empty buffers are refused by register and export: IllegalArgumentException."),
    REG_09(MUST, always(), "A registered buffer stays reachable until its region is closed, whoever else drops it."),
    REG_10(MUST, always(), "Once a region is closed, its engine lets go of the memory."),
    REG_11(MUST, always(), "A region covers its buffer from position to limit as they were when it was made."),
    REG_12(
            MUST,
            requires(SEGMENTS),
            "A copy crosses every boundary between segments by one byte, with 1, 2 and 16 segments of "
                    + "unequal sizes."),
    REG_13(
            MUST,
            absent(SEGMENTS),
            "Without SEGMENTS, registering memory of two segments throws " + "UnsupportedOperationException."),
    REG_14(
            MUST,
            requires(SEGMENTS),
            "As many segments as a route declares are copied, more than the system's own limit "
                    + "included; one more is an IllegalArgumentException."),
    REG_15(
            MUST,
            requires(SHARE),
            "Regions that overlap in memory are independent: distinct tokens, and closing one leaves "
                    + "the others usable."),
    REG_16(
            MUST,
            requires(SHARE, SINGLE_USE),
            "Of eight racing copies through a single-use token one starts; the others answer "
                    + "TOKEN_STALE, and isConsumed() says so."),
    REG_17(MUST, requires(SHARE, SINGLE_USE), "A copy of zero bytes does not consume a single-use region."),
    REG_18(
            MUST,
            absent(SINGLE_USE),
            "Without SINGLE_USE, registering a single-use region throws " + "UnsupportedOperationException."),
    REG_19(
            MUST,
            requires(ALLOCATE),
            "allocate gives zeroed memory of exactly the length asked for, reachable to its last "
                    + "byte; a length below 1 is an IllegalArgumentException."),
    REG_20(MUST, absent(ALLOCATE), "Without ALLOCATE, allocate throws UnsupportedOperationException."),
    REG_21(
            MUST,
            requires(ALLOCATE, MAP),
            "map gives the region's own bytes in native order: what one side writes the other reads; "
                    + "a region that was registered is not mapped: UnsupportedOperationException."),
    REG_22(
            MUST,
            requires(ALLOCATE, MAP),
            "A mapped buffer stays readable with its contents after the region is closed."),
    REG_23(MUST, absent(MAP), "Without MAP, map throws UnsupportedOperationException."),
    REG_24(MUST, requires(ALLOCATE), "In regions above 4 GiB, copies around 2^31 and 2^32 address the right bytes."),
    REG_25(
            MUST,
            always(),
            "A slice addresses its own range, keeps its own bounds, ends with its region, and closing "
                    + "it does nothing."),
    REG_26(
            MUST,
            requires(PERSISTENT_SPACE),
            "flush takes every range of a persistent region, the empty one included, and refuses "
                    + "ranges outside; flushed bytes are seen through a new region."),
    REG_27(MUST, always(), "flush on a region that is not persistent throws UnsupportedOperationException."),
    REG_28(
            MUST,
            requires(DEVICE_SPACE),
            "Regions at offset 0 and at the last unit of a device's space are usable; ranges outside "
                    + "are an IndexOutOfBoundsException, spaces of others an IllegalArgumentException."),
    REG_29(
            MUST,
            absent(DEVICE_SPACE),
            "Without DEVICE_SPACE, region() for a device space is an IllegalArgumentException."),
    REG_30(
            MUST,
            absent(PERSISTENT_SPACE),
            "Without PERSISTENT_SPACE, region() for a persistent space is an " + "IllegalArgumentException."),
    REG_31(MUST, requires(RAW_ADDRESS), "Memory made by wrapAddress is registered and copied like a buffer's."),
    REG_32(
            MUST,
            always(),
            "wrapAddress refuses address 0, an empty range and one that wraps around: " + "IllegalArgumentException."),
    REG_33(
            MUST,
            absent(RAW_ADDRESS),
            "Without RAW_ADDRESS, registering or copying raw memory throws " + "UnsupportedOperationException."),
    REG_34(
            MUST,
            always(),
            "100 000 rounds of register and close leave no descriptor, mapping, file or thread " + "behind."),
    REG_35(
            MUST,
            always(),
            "Wrapped memory belongs to no engine: engine() and token() throw "
                    + "UnsupportedOperationException; it can be used again and again."),
    REG_36(
            MUST,
            always(),
            "register(region) takes wrapped regions only, and none whose access is narrower than "
                    + "asked for: IllegalArgumentException."),
    REG_37(
            MUST,
            requires(MAP, PERSISTENT_SPACE),
            "map gives the own bytes of a region of a persistent space, in native order: what one side writes the "
                    + "other reads."),
    TOK_01(
            MUST,
            always(),
            "A token survives encoding and decoding, has at most 128 bytes, and is encoded as the "
                    + "golden vector says."),
    TOK_02(
            MUST,
            always(),
            "Random, truncated and extended bytes are TOKEN_INVALID with a reason, and nothing else "
                    + "happens: 100 000 cases."),
    TOK_03(MUST, always(), "A token with any one bit flipped is TOKEN_INVALID."),
    TOK_04(MUST, always(), "A token of an unknown major version is TOKEN_INVALID, with both versions in the message."),
    TOK_05(MUST, requires(SHARE), "A token of another boot is TOKEN_FOREIGN, and the message names the boot id."),
    TOK_06(
            MUST,
            requires(SHARE),
            "A token of another pid namespace is TOKEN_FOREIGN, and the message names the namespace."),
    TOK_07(MUST, requires(SHARE), "A token of another backend is TOKEN_FOREIGN, and the message names both backends."),
    TOK_08(
            MUST,
            requires(SHARE),
            "A token is TOKEN_STALE once its region is closed, also when the next region takes its "
                    + "place at once."),
    TOK_09(MUST, requires(SHARE), "Attaching a token whose owner has been killed is PEER_GONE within five seconds."),
    TOK_10(
            MUST,
            requires(SHARE),
            "A token whose pid now belongs to another process is PEER_REPLACED or PEER_GONE, and "
                    + "attaches nothing."),
    TOK_11(
            MUST,
            requires(SHARE, EXEC_DETECTION),
            "A copy from an owner that has replaced its program by exec is never OK: PEER_REPLACED, "
                    + "PEER_GONE or TIMEOUT within ten seconds."),
    TOK_12(
            MUST,
            requires(SHARE).andAbsent(EXEC_DETECTION),
            "A copy from an owner that has replaced its program by exec ends within ten seconds and "
                    + "changes no byte outside its range."),
    TOK_13(MUST, requires(SHARE), "A token that was widened grants no more than the owner published."),
    TOK_14(
            MUST,
            requires(SHARE),
            "1000 tokens made by 16 threads are distinct, and each reaches its own region from " + "another process."),
    TOK_15(MUST, absent(SHARE), "Without SHARE, token() and attach() throw UnsupportedOperationException."),
    TOK_16(
            MUST,
            requires(SHARE),
            "Exported memory is attached through the engine that explain() names, with a reason for "
                    + "every candidate."),
    TOK_17(
            MUST,
            requires(SHARE),
            "attach for less than was published gives that access and no more; asking for more is an "
                    + "IllegalArgumentException."),
    TOK_18(
            MUST,
            requires(SHARE),
            "A token attached twice gives two regions; closing one leaves the other and the owner's " + "untouched."),
    TOK_19(
            MUST,
            always(),
            "self() is stable, encodes in at most 64 bytes and survives decoding; damaged bytes are "
                    + "TOKEN_INVALID; admit(self()) harms nothing."),
    TOK_20(
            MUST,
            always(),
            "A list of tokens survives encoding and decoding; random and damaged lists are "
                    + "TOKEN_INVALID, or give the same tokens."),
    COPY_01(MUST, always(), "A copy of zero bytes on any route checks everything and moves nothing."),
    COPY_02(
            MUST,
            anyRoute(),
            "Copies at random offsets and lengths are exact on every route: source unchanged, "
                    + "destination exact, guard bytes untouched."),
    COPY_03(
            MUST,
            always(),
            "Copies of 1 to 130 bytes, of powers of two and their neighbours up to 64 MiB, at every "
                    + "misalignment that the route allows, are exact."),
    COPY_04(
            MUST,
            requires(SHARE).andRoute(PEER, LOCAL),
            "Reading a region of another process gives its bytes and changes none of them."),
    COPY_05(
            MUST,
            requires(SHARE).andRoute(LOCAL, PEER),
            "Writing a region of another process changes the bytes asked for and no other."),
    COPY_06(
            MUST,
            missingRoute(),
            "Where an engine has no route between two kinds of spaces, copy throws "
                    + "UnsupportedOperationException; no byte changes."),
    COPY_07(
            MUST,
            requires(SHARE, RAW_ADDRESS),
            "A copy that meets a hole in the other process's memory either fails with "
                    + "BAD_REMOTE_ADDRESS or BAD_ADDRESS, nothing behind the reported prefix changed, or gives "
                    + "the bytes that were registered."),
    COPY_08(
            MUST,
            requires(SHARE, RAW_ADDRESS),
            "A copy that meets a hole in the own memory fails with BAD_LOCAL_ADDRESS or BAD_ADDRESS "
                    + "and the exact prefix where that is declared."),
    COPY_09(MUST, requires(SEGMENTS), "One copy of more than 2 GiB is complete."),
    COPY_10(MUST, requires(SEGMENTS), "Copies between regions that are split differently are exact."),
    COPY_11(
            MUST,
            always(),
            "Ranges that overlap behave as the route declares: as if through a temporary, or refused "
                    + "with IllegalArgumentException and no byte changed."),
    COPY_12(
            MUST,
            always(),
            "Offsets and lengths that are multiples of a route's alignment are taken; all others are "
                    + "an IllegalArgumentException, and no byte changes."),
    COPY_13(
            MUST,
            always(),
            "Once a copy has returned and another thread was told by a volatile write, that thread "
                    + "sees the bytes."),
    COPY_14(MUST, always(), "What plain stores wrote before the copy is what is copied."),
    COPY_15(SHOULD, always(), "A copy in steady state allocates no bytes in the calling thread."),
    COPY_16(MUST, requires(SHARE, THIRD_PARTY), "Copies between regions of other processes are exact."),
    COPY_17(
            MUST,
            requires(SHARE).andAbsent(THIRD_PARTY),
            "Without THIRD_PARTY, a copy between regions of other processes throws "
                    + "UnsupportedOperationException."),
    COPY_18(
            MUST,
            always(),
            "Regions of two engines never meet in one copy: IllegalArgumentException; no byte " + "changes."),
    COPY_19(MUST, always(), "Copies of eight threads at once between separate regions are exact."),
    COPY_20(MUST, always(), "A copy longer than the route's largest step and than 8 MiB is exact at every seam."),
    ASYNC_01(
            MUST,
            always(),
            "Each accepted submit gives exactly one completion and each refused one none, also when "
                    + "the channel is full again and again: 100 000 operations."),
    ASYNC_02(MUST, always(), "A completion carries the sequence, the tag, the bytes and the route of its operation."),
    ASYNC_03(MUST, always(), "Sequences are 0 or more, and each is higher than those before it."),
    ASYNC_04(
            MUST,
            always(),
            "A channel takes as many operations as it holds, then answers QUEUE_FULL without waiting;"
                    + " each completion that is polled makes room for one."),
    ASYNC_05(
            MUST, always(), "Copies through channels are exact on every route, also those that are longer than 4 MiB."),
    ASYNC_06(MUST, always(), "A mistake in submit throws what copy throws; it takes no place and gives no completion."),
    ASYNC_07(
            MUST,
            always(),
            "An operation of zero bytes is checked like any other, and completes once, OK, with 0 " + "bytes."),
    ASYNC_08(
            MUST,
            always(),
            "poll hands over no more than its limit, nothing if nothing has ended, and throws "
                    + "IllegalArgumentException for a negative limit."),
    ASYNC_09(MUST, always(), "With inOrder, completions come in the order of submission, whatever ends first."),
    ASYNC_10(
            MUST,
            always(),
            "An operation with FENCE starts after all before it have ended: where they write the same"
                    + " bytes, its own stay."),
    ASYNC_11(
            MUST,
            requires(SHARE),
            "An operation with FENCE behind one that has failed and was not polled ends NOT_ATTEMPTED"
                    + " and changes no byte; those without FENCE are done."),
    ASYNC_12(
            MUST,
            requires(SHARE),
            "A failed operation leaves the results of the others in its channel alone, at every " + "position."),
    ASYNC_13(
            MUST,
            requires(SHARE),
            "An owner that is killed ends the operations on its regions within five seconds, OK or "
                    + "PEER_GONE, each once; the channel goes on for others."),
    ASYNC_14(
            MUST,
            requires(SHARE),
            "An owner that closes its region ends the operations on it OK or TOKEN_STALE, each once; "
                    + "when its close has returned, no byte of it changes."),
    ASYNC_15(
            MUST,
            always(),
            "await answers at once if something can be polled or nothing is outstanding, and if its "
                    + "time is 0 or less."),
    ASYNC_16(
            MUST,
            always(),
            "An await whose time is over answers false and ends nothing: the operations complete "
                    + "later, each once."),
    ASYNC_17(MUST, always(), "await sleeps: it takes less than half of a processor."),
    ASYNC_18(
            MUST,
            always(),
            "An interrupt before or during await is an InterruptedException; the operations go on, "
                    + "and their completions are delivered."),
    ASYNC_19(MUST, always(), "A handler may submit, cancel and poll; every completion is still delivered once."),
    ASYNC_20(
            MUST,
            always(),
            "An exception of a handler reaches the caller of poll; later completions stay queued and "
                    + "are delivered once."),
    ASYNC_21(MUST, always(), "A handler may close its channel; what was accepted can still be polled, once each."),
    ASYNC_22(MUST, always(), "Handlers run in the thread that calls poll and in no other."),
    ASYNC_23(
            MUST,
            always(),
            "While a thread is inside a channel, others that submit, poll, await or cancel get "
                    + "IllegalStateException; one that comes after it may use the channel."),
    ASYNC_24(
            MUST,
            always(),
            "What a thread wrote before its submit, and what the operation wrote, is visible to the "
                    + "thread that polls its completion."),
    ASYNC_25(
            MUST,
            always(),
            "Memory of an accepted operation stays reachable until its completion is polled; then the"
                    + " channel lets go of it."),
    ASYNC_26(
            MUST,
            always(),
            "A closed channel answers CHANNEL_CLOSED; what it accepted can be polled, each once, OK "
                    + "or CANCELLED; when close has returned, no byte changes."),
    ASYNC_27(
            MUST,
            always(),
            "A region closed with operations in flight: each ends OK or CANCELLED, later submits "
                    + "throw IllegalStateException, and when close has returned, no byte changes."),
    ASYNC_28(
            MUST,
            always(),
            "Dray closed with operations in flight returns within ten seconds; submit answers "
                    + "CHANNEL_CLOSED, each operation can be polled once, OK or CANCELLED, and no byte changes."),
    ASYNC_29(
            MUST,
            always(),
            "Eight channels in eight threads at once are exact, and each has its own completions and " + "no others."),
    ASYNC_30(MUST, always(), "A channel that is full, that nobody polls or that is closed leaves the others alone."),
    ASYNC_31(
            MUST,
            always(),
            "A hundred channels, and a channel of a thousand places, complete everything that they " + "accept."),
    ASYNC_32(SHOULD, always(), "submit and poll in steady state allocate no bytes in the calling thread."),
    ASYNC_33(
            MUST,
            always(),
            "The future of copyAsync is done when its bytes are there; it is run on the executor "
                    + "given to Dray, which Dray does not stop."),
    ASYNC_34(MUST, always(), "Mistakes are thrown by copyAsync itself, as copy throws them."),
    ASYNC_35(
            MUST,
            requires(SHARE),
            "The future of a copy that failed ends with a CopyException that carries status, engine " + "and route."),
    ASYNC_36(
            MUST,
            always(),
            "If the executor refuses a copy, its future fails with RESOURCE_LIMIT; the engine stays " + "usable."),
    ASYNC_37(
            MUST,
            always(),
            "Closing Dray ends the futures whose copies have not begun with CANCELLED, and they " + "change no byte."),
    ASYNC_38(
            MUST,
            virtualThreads(),
            "A thousand virtual threads that copy, poll channels of their own and join futures all " + "end."),
    ASYNC_39(
            MUST,
            noVirtualThreads(),
            "Where the JVM has no virtual threads, a hundred threads that copy, poll channels of "
                    + "their own and join futures all end."),
    ASYNC_40(
            MUST,
            requires(SHARE),
            "An operation on an owner that is stopped ends within ten seconds, OK or TIMEOUT; the next one "
                    + "after it continues is exact."),
    CANCEL_01(
            MUST,
            always(),
            "The answers of cancel are true: after CANCELLED the completion can be polled at once and"
                    + " says so, after TOO_LATE it tells how the operation ended, after PENDING it follows."),
    CANCEL_02(MUST, always(), "After CANCELLED no byte of the operation's destination changes."),
    CANCEL_03(
            MUST,
            always(),
            "cancel of a sequence that is unknown, was polled or was cancelled before answers "
                    + "TOO_LATE and changes nothing."),
    CANCEL_04(
            MUST,
            always(),
            "Operations that are all cancelled at once each end once, OK or CANCELLED, and every byte"
                    + " is as its completion says."),
    CANCEL_05(MUST, always(), "A cancelled operation keeps its place in the channel until its completion is polled."),
    CANCEL_06(MUST, always(), "An operation with FENCE behind a cancelled one ends NOT_ATTEMPTED and changes no byte."),
    CANCEL_07(
            MUST,
            always(),
            "A future that is cancelled before its copy began moves no byte; one cancelled during it "
                    + "moves none when its region was closed."),
    ERR_01(MUST, requires(SHARE), "The message of a copy that failed names engine, route, offset and length."),
    ERR_02(
            MUST,
            requires(SHARE),
            "The exception of a copy that failed carries status, engine and route as data, and its "
                    + "status a category other than SUCCESS."),
    ERR_03(MUST, requires(SHARE), "Copies from and to an owner that was killed are PEER_GONE within five seconds."),
    ERR_04(MUST, requires(SHARE), "An owner killed during copies ends them with PEER_GONE within five seconds."),
    ERR_05(MUST, requires(SHARE), "The death of one peer leaves copies with other peers, and the engine, untouched."),
    ERR_06(
            MUST,
            untestable("it takes a second user to be refused; each backend tests its own remedies"),
            "A copy that the kernel forbids is PERMISSION with a finding that names the remedy."),
    ERR_07(MUST, always(), "After a copy was refused, the next correct one between the same regions is exact."),
    ERR_08(MUST, always(), "A null argument is a NullPointerException before anything changes."),
    ERR_09(
            MUST,
            requires(SHARE),
            "A copy from an owner that is stopped ends within ten seconds, done or with TIMEOUT, and "
                    + "the next one after it continues is exact."),
    CLOSE_01(MUST, always(), "Closing a region twice, and from eight threads at once, is harmless."),
    CLOSE_02(
            MUST,
            always(),
            "Everything that uses a closed region throws IllegalStateException, and no byte changes, "
                    + "also when a new region has taken its place."),
    CLOSE_03(MUST, always(), "Closing Dray twice, and from eight threads at once, is harmless."),
    CLOSE_04(MUST, always(), "After Dray is closed, its engines and Dray itself throw IllegalStateException."),
    CLOSE_05(MUST, always(), "Closing Dray closes the regions of its engines."),
    CLOSE_06(
            MUST,
            always(),
            "A region closed under the copies of eight threads: each copy is done, CANCELLED or "
                    + "refused, and once close has returned no byte changes."),
    CLOSE_07(
            MUST,
            requires(SHARE).andRoute(LOCAL, PEER),
            "A region closed under a peer's copies: the peer gets TOKEN_STALE, and once close has "
                    + "returned no byte changes."),
    CLOSE_08(
            MUST,
            requires(SHARE).andRoute(LOCAL, PEER),
            "A region closed while a peer is stopped within a copy answers BUSY within its bound, "
                    + "takes no new use, and closes when the peer has ended its copy; no byte changes after "
                    + "that."),
    CLOSE_09(
            MUST,
            requires(SHARE).andRoute(LOCAL, PEER),
            "A region closed after a peer was killed within a copy is released within the bound."),
    CLOSE_10(MUST, requires(SHARE), "What a killed owner left in the directory is gone when the next Dray has opened."),
    CLOSE_11(MUST, always(), "1000 rounds of open and close leave no descriptor, mapping, file or thread behind."),
    CLOSE_12(
            MUST,
            always(),
            "Dray closed under the copies of eight threads: each copy is done, CANCELLED or refused, "
                    + "and close returns within ten seconds."),
    CLOSE_13(
            MUST,
            requires(SHARE),
            "Closing an export closes the regions of all its engines, and its tokens are TOKEN_STALE."),
    CLOSE_14(
            MUST,
            requires(SHARE).andRoute(LOCAL, PEER),
            "A process that exits during copies has ended within five seconds."),
    CONC_01(
            MUST,
            always(),
            "Eight threads that register, copy and close on one engine at once each get their own bytes."),
    CONC_02(MUST, requires(SHARE), "Two processes that copy from or to each other at once get exact bytes."),
    CONC_03(MUST, always(), "A short copy begins and ends while a long one between other regions is under way."),
    CONC_04(MUST, always(), "Two instances of Dray in one process do not disturb each other, also when one is closed."),
    CONC_05(
            MUST,
            always(),
            "Dray closed while eight threads register, attach and close: each call is done or refused, "
                    + "and nothing is left behind."),
    CONC_06(MUST, always(), "A region that one thread has made is used by a second and closed by a third."),
    CONC_07(
            MUST,
            requires(SHARE),
            "Eight threads that are the first to attach tokens of one process, all at once, get the right regions."),
    JVM_01(MUST, always(), "Loading and using the backend changes no signal's handler."),
    JVM_02(MUST, always(), "Nothing is printed: what there is to say goes to System.Logger."),
    JVM_03(MUST, always(), "An interrupted thread can do all that another can, and stays interrupted."),
    JVM_04(MUST, always(), "Copies stay exact while one collection of garbage follows the other."),
    JVM_05(
            SHOULD,
            always(),
            "A collection of garbage that begins during long copies of four threads ends at most half "
                    + "a second later than without them."),
    JVM_06(
            MUST,
            always(),
            "Two class loaders of one process use the backend side by side; when everything was closed, "
                    + "its class loader can be collected."),
    JVM_07(MUST, always(), "Every descriptor that a backend opens is closed by exec."),
    JVM_08(MUST, always(), "A thread with a stack of 256 KiB can register, copy and close."),
    JVM_09(MUST, always(), "Threads of Dray and of its backends are daemons whose names begin with dray-."),
    PERF_01(MUST, always(), "A copy of a mebibyte moves at least ten million bytes a second."),
    PERF_02(MUST, always(), "The median of copies of 72 bytes is below a millisecond."),
    PERF_03(SHOULD, always(), "A byte of a long copy takes no longer than a byte of a short one."),
    PERF_04(SHOULD, always(), "A copy of 64 MiB reaches 30 percent of the bandwidth of a plain copy in the JVM."),
    PERF_05(SHOULD, always(), "Eight threads together copy at least 80 percent of what one copies alone."),
    PERF_06(
            SHOULD,
            always(),
            "The cost that a route declares for short and for long copies is within a factor of ten of "
                    + "what is measured.");

    private final Level level;

    @SuppressWarnings("ImmutableEnumChecker") // it is immutable, but of lists
    private final Gate gate;

    private final String statement;

    Rule(Level level, Gate gate, String statement) {
        this.level = level;
        this.gate = gate;
        this.statement = statement;
    }

    /**
     * The id as people write it.
     *
     * @return for example {@code COPY-03}
     */
    public String id() {
        return name().replace('_', '-');
    }

    /**
     * The group that the rule belongs to.
     *
     * @return for example {@code COPY}
     */
    public String group() {
        return name().substring(0, name().indexOf('_'));
    }

    /**
     * How binding the rule is.
     *
     * @return the level
     */
    public Level level() {
        return level;
    }

    /**
     * The rule itself.
     *
     * @return one or two sentences
     */
    public String statement() {
        return statement;
    }

    /**
     * Why the kit has no test for the rule.
     *
     * @return the reason; empty if it has one
     */
    public Optional<String> whyUntested() {
        return gate.untestable();
    }

    /**
     * Tells whether the rule applies to an engine.
     *
     * @param info what the engine declares
     * @return the reason why it does not; empty if it does
     */
    public Optional<String> whyNotApplicable(EngineInfo info) {
        return closedBy(Gate.features(info)).map(Gate.Closed::toString);
    }

    Optional<Gate.Closed> closedBy(Set<String> features) {
        return gate.closedBy(features);
    }

    boolean covers(Gate.Closed closed) {
        return gate.covers(closed);
    }

    /** Everything that gives this edition of the rules its meaning. */
    String text() {
        return id() + " " + level + " " + gate + " " + statement;
    }

    /** The rule that a test of the kit verifies; empty for any other method. */
    static Optional<Rule> of(Method method) {
        return Optional.ofNullable(method.getAnnotation(Verifies.class)).map(Verifies::value);
    }
}
