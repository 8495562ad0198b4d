// Does nothing, compiled as mtr is: what the runtime alone costs at a start.
export {};
