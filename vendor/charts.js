// What the page's charts need of Vega, as globals of one classic script. The interpreter stands in for Vega's own
// evaluation of expressions, which the page's Content-Security-Policy forbids.
import * as vega from 'vega';
import { compile } from 'vega-lite';
import { expressionInterpreter } from 'vega-interpreter';

globalThis.vegaCharts = {
  View: vega.View,
  parse: vega.parse,
  loader: vega.loader,
  Warn: vega.Warn,
  compile,
  expressionInterpreter,
};
