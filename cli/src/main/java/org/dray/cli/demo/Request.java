package org.dray.cli.demo;

/**
 * What the owner asks of the peer: one line of JSON on the peer's standard input.
 *
 * @param verb what to do
 * @param way which way of transfer is meant; empty for ALLOCATE
 * @param text what the verb says
 * @param number what the verb says
 */
record Request(Verb verb, String way, String text, long number) {

    /** What a peer can be asked. */
    enum Verb {
        /** Make memory of {@code number} bytes for the file. */
        ALLOCATE,
        /** Load the backend {@code text}; the answer is this process's identity, in hexadecimal digits. */
        LOAD,
        /** Attach the tokens in {@code text}, hexadecimal digits; the answer is the route. */
        ATTACH,
        /** Connect the stream {@code way} to the address {@code text}; the answer is the peer's own address. */
        CONNECT,
        /** Fill the memory with the byte {@code number}, receive the file; the answer is time and SHA-256. */
        TRANSFER
    }

    static Request allocate(long byteSize) {
        return new Request(Verb.ALLOCATE, "", "", byteSize);
    }

    static Request load(String way, String backendId) {
        return new Request(Verb.LOAD, way, backendId, 0);
    }

    static Request attach(String way, String tokens) {
        return new Request(Verb.ATTACH, way, tokens, 0);
    }

    static Request connect(String way, String address) {
        return new Request(Verb.CONNECT, way, address, 0);
    }

    static Request transfer(String way, byte poison) {
        return new Request(Verb.TRANSFER, way, "", poison);
    }
}
