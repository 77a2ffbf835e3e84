// Stands in for VS Code's native logger in the tests' server: the part of it that the server calls.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #level = 2;
  #raw = false;
  #file;

  constructor(_kind, _name, file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.#file = fs.openSync(file, 'a');
    for (const [index, level] of levels.entries()) {
      this[level] = (message) => this.#write(index, level, message);
    }
  }

  #write(index, level, message) {
    if (index < this.#level || this.#file === undefined) return;
    const line = this.#raw ? message : `${new Date().toISOString()} [${level}] ${message}\n`;
    fs.writeSync(this.#file, line);
  }

  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  setPattern() {
    this.#raw = false;
  }
  clearFormatters() {
    this.#raw = true;
  }
  flush() {}
  drop() {
    if (this.#file !== undefined) fs.closeSync(this.#file);
    this.#file = undefined;
  }
}

const create = async (name, file) => new Logger('rotating', name, file);
// Each by itself: the server imports them by name, and Node finds only such names.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
