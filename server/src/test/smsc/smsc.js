// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

// An SMSC on npm's smpp that does as it is told. Events go to stdout and commands come by stdin, each as one line of JSON.
// Arguments: files of a key and a certificate (PEM), for TLS.
//
// Commands (field `do`):
//   submits {status, after, only, drop}
//                                   from now on: answer with a status, or a list of them in turn of which the last stays; after
//                                   milliseconds, -1: not until told to; only the first so many, the rest not until told to.
//                                   drop: cut the connection instead
//   answer                          give the answers that were held back
//   binds {status}                  from now on: answer binds so
//   deaf {on}                       answer nothing at all, enquire_link neither
//   deliver {pdu, octets}           send a deliver_sm; octets (hex) in place of its text
//   data {pdu}                      send a data_sm
//   raw {octets}                    write these octets
//   drop                            cut all connections
//   unbind                          say goodbye to all
//   nothing                         but all that was told before has been read when this one's end is

const fs = require('fs');
const readline = require('readline');
const smpp = require('smpp');

const SUBMITS = { status: 0, after: 0, only: Infinity, drop: false };
let submits = { ...SUBMITS };
let binds = { status: 0 };
let deaf = false;
let lastSession = 0;
let lastMessage = 0;
let heldBack = [];
const sessions = new Map();

const say = (event, fields) => console.log(JSON.stringify({ event, ...fields }));

// The octets as they came stand beside what npm's smpp makes of them.
const fromBuffer = smpp.PDU.prototype.fromBuffer;
smpp.PDU.prototype.fromBuffer = function (buffer) {
    Object.defineProperty(this, 'octets', { value: buffer.toString('hex'), enumerable: false });
    return fromBuffer.call(this, buffer);
};

function plain(pdu) {
    const fields = { octets: pdu.octets };
    for (const key of Object.keys(pdu)) {
        let value = pdu[key];
        if (value && value.message !== undefined) {
            fields.udh = value.udh ? Buffer.concat([].concat(value.udh)).toString('hex') : '';
            value = value.message;
        }
        fields[key] = Buffer.isBuffer(value) ? value.toString('hex') : value;
    }
    return fields;
}

function answer(session, pdu, fields) {
    if (!deaf) {
        session.send(pdu.response(fields));
    }
}

function bind(type) {
    return function (pdu) {
        answer(this, pdu, { command_status: binds.status, system_id: 'npm' });
        if (binds.status === 0) {
            this.boundAs = type;
        }
    };
}

function submit(pdu) {
    const { after, only, drop } = submits;
    const statuses = [].concat(submits.status);
    const status = statuses[0];
    submits.status = statuses.slice(statuses.length > 1 ? 1 : 0);
    if (drop) {
        this.destroy();
        return;
    }
    const fields = { command_status: status, message_id: String(++lastMessage) };
    submits.only = only - 1;
    if (after >= 0 && only > 0) {
        setTimeout(() => answer(this, pdu, fields), after);
    } else {
        heldBack.push(() => answer(this, pdu, fields));
    }
}

function accept(session) {
    const id = ++lastSession;
    sessions.set(id, session);
    session.on('pdu', (pdu) => say('pdu', { session: id, command: pdu.command, pdu: plain(pdu) }));
    session.on('close', () => {
        sessions.delete(id);
        say('closed', { session: id });
    });
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', bind('trx'));
    session.on('bind_transmitter', bind('tx'));
    session.on('bind_receiver', bind('rx'));
    session.on('submit_sm', submit);
    session.on('enquire_link', (pdu) => answer(session, pdu));
    session.on('unbind', (pdu) => {
        session.send(pdu.response());
        session.close();
    });
    say('session', { session: id });
}

function receiver() {
    return [...sessions.values()].find((session) => session.boundAs === 'trx' || session.boundAs === 'rx');
}

function answered(pdu) {
    say('answer', { command: pdu.command, status: pdu.command_status });
}

const commands = {
    submits: (command) => { submits = { ...SUBMITS, ...command }; },
    answer: () => {
        heldBack.forEach((give) => give());
        heldBack = [];
    },
    binds: (command) => { binds = { status: 0, ...command }; },
    deaf: (command) => { deaf = command.on; },
    deliver: ({ pdu, octets }) => {
        if (octets !== undefined) {
            pdu.short_message = Buffer.from(octets, 'hex');
        }
        receiver().deliver_sm(pdu, answered);
    },
    data: ({ pdu }) => { receiver().data_sm(pdu, answered); },
    raw: ({ octets }) => { receiver().socket.write(Buffer.from(octets, 'hex')); },
    drop: () => { sessions.forEach((session) => session.destroy()); },
    unbind: () => { sessions.forEach((session) => session.unbind()); },
    nothing: () => {},
};

const [key, cert] = process.argv.slice(2);
const options = key ? { key: fs.readFileSync(key), cert: fs.readFileSync(cert) } : {};
const server = smpp.createServer(options, accept);
server.on('tlsClientError', () => say('refused', {}));
server.listen(0, '127.0.0.1', () => say('listening', { port: server.address().port }));

readline.createInterface({ input: process.stdin })
    .on('line', (line) => {
        const command = JSON.parse(line);
        commands[command.do](command);
        say('done', { do: command.do });
    })
    .on('close', () => process.exit(0));
