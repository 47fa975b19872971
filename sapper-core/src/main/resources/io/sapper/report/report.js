(() => {
  'use strict';
  // Draws the charts from the result embedded in the page. Colours come from the style sheet: one place for both schemes.
  const result = JSON.parse(document.getElementById('result').textContent);
  const root = document.documentElement;
  const places = Array.from(document.querySelectorAll('[data-chart]'));
  const finding = place => result.findings[Number(place.dataset.finding)];
  const drawings = { pruning, activations, precision, series, runs, masks, audits };

  function theme() {
    const style = getComputedStyle(root);
    const colour = name => style.getPropertyValue('--' + name).trim();
    const names = ['surface', 'text', 'muted', 'line', 'clean', 'attack', 'recovered', 'validation', 'stop'];
    return Object.assign({ font: colour('font') }, ...names.map(name => ({ [name]: colour(name) })));
  }

  function frame(t, change) {
    return Object.assign({
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: t.font, color: t.text },
      legend: { top: 0, left: 0, itemGap: 16, textStyle: { color: t.text, fontFamily: t.font, fontSize: 13 } },
      tooltip: {
        trigger: 'axis', confine: true, backgroundColor: t.surface, borderColor: t.line,
        textStyle: { color: t.text, fontFamily: t.font, fontSize: 13 }, axisPointer: { type: 'line' }
      }
    }, change);
  }

  function axis(t, change) {
    return Object.assign({
      axisLine: { lineStyle: { color: t.muted } },
      axisTick: { lineStyle: { color: t.muted } },
      axisLabel: { color: t.muted },
      nameTextStyle: { color: t.muted },
      splitLine: { show: false },
      nameLocation: 'middle'
    }, change);
  }

  const percent = value => value === null || value === undefined ? 'n/a' : value.toFixed(2) + '\u00a0%';

  function pruning(place, t) {
    const curve = finding(place);
    const narrow = place.clientWidth < 560;
    const last = curve.points[curve.points.length - 1].pruned;
    const line = (name, key, colour, symbol, type) => ({
      name, type: 'line', symbol, color: colour,
      // Too small to see, not absent: ECharts warns on the console when it highlights a point without a symbol.
      symbolSize: type === 'dashed' ? 0.01 : curve.points.length <= 48 ? 6 : 3,
      lineStyle: { width: 2, type: type || 'solid' },
      connectNulls: false,
      data: curve.points.map(p => [p.pruned, p[key] && p[key].value !== null ? 100 * p[key].value : null])
    });
    const known = key => curve.points.some(p => p[key]);
    const series = [
      known('cleanAccuracy') && line('Clean accuracy', 'cleanAccuracy', t.clean, 'circle'),
      known('attackSuccessRate') && line('Attack success rate', 'attackSuccessRate', t.attack, 'triangle'),
      known('recoveredAccuracy') && line('Recovered accuracy', 'recoveredAccuracy', t.recovered, 'diamond'),
      line('Validation accuracy', 'validationAccuracy', t.validation, 'circle', 'dashed')
    ].filter(Boolean);
    series[series.length - 1].markLine = {
      symbol: 'none', silent: true, lineStyle: { color: t.stop, width: 1.5, type: 'solid' },
      label: {
        formatter: 'Stop: ' + curve.chosen + ' of ' + curve.channels, color: t.stop, fontWeight: 600,
        position: 'end', align: curve.chosen > last * 0.8 ? 'right' : curve.chosen < last * 0.2 ? 'left' : 'center'
      },
      data: [{ xAxis: curve.chosen }]
    };
    const dashes = 'path://M0 6h7v2h-7zM9 6h7v2h-7zM18 6h7v2h-7z';
    const legend = series.map(({ name }) => name === 'Validation accuracy' ? { name, icon: dashes } : name);
    return frame(t, {
      legend: Object.assign(frame(t).legend, { data: legend }),
      grid: { left: 52, right: 18, top: narrow ? 104 : 64, bottom: 48 },
      xAxis: axis(t, { type: 'value', name: 'Channels pruned', nameGap: 30, min: 0, max: last, minInterval: 1 }),
      yAxis: axis(t, {
        type: 'value', min: 0, max: 100, axisLabel: { color: t.muted, formatter: '{value}\u00a0%' },
        splitLine: { show: true, lineStyle: { color: t.line } }
      }),
      tooltip: Object.assign(frame(t).tooltip, {
        formatter: points => points[0].value[0] + ' of ' + curve.channels + ' channels pruned<br>'
          + points.map(p => p.marker + p.seriesName + ': <b>' + percent(p.value[1]) + '</b>').join('<br>')
      }),
      series
    });
  }

  // Order and scale come from the page: they are the same for every network of a layer.
  function activations(place, t) {
    const profile = finding(place);
    const numbers = text => text.split(',').filter(Boolean).map(Number);
    const backdoor = new Set(numbers(place.dataset.backdoor));
    const order = numbers(place.dataset.order);
    const triggered = profile.triggered.length > 0;
    // Where two bars and a gap do not fit, the channels become one line: clean filled, triggered above it.
    const fine = (place.clientWidth - 64) / order.length < 4;
    const marks = values => ({
      symbol: 'triangle', symbolRotate: 180, symbolSize: 9, symbolOffset: [0, -8], silent: true,
      itemStyle: { color: t.attack }, label: { show: false },
      data: Array.from(backdoor).map(channel => ({ coord: [order.indexOf(channel), values[channel]] }))
    });
    const shape = fine
      ? { type: 'line', step: 'middle', symbolSize: 0.01, lineStyle: { width: 1 } }
      : { type: 'bar', barGap: '0%', barCategoryGap: '25%' };
    const means = (name, values, colour, more) => Object.assign(
      { name, color: colour, data: order.map(channel => values[channel]) }, shape, more);
    const series = [means('Clean inputs', profile.clean, t.clean, fine ? { areaStyle: { opacity: 0.35 } } : {})];
    if (triggered) {
      series.push(means('Triggered inputs', profile.triggered, t.attack, { markPoint: marks(profile.triggered) }));
    }
    const roomy = (place.clientWidth - 64) / order.length >= 11;
    const first = !place.classList.contains('more');
    return frame(t, {
      legend: Object.assign(frame(t).legend, { show: first }),
      grid: { left: 48, right: 8, top: first ? 44 : 12, bottom: 54 },
      xAxis: axis(t, {
        type: 'category', name: 'Channel', nameGap: 34, data: order.map(String),
        axisLabel: { color: t.muted, fontSize: 10, interval: roomy ? 0 : 'auto', rotate: order.length > 24 ? 90 : 0 },
        axisTick: { show: false }
      }),
      yAxis: axis(t, {
        type: 'value', min: Number(place.dataset.bottom), max: Number(place.dataset.top), splitNumber: 3,
        splitLine: { show: true, lineStyle: { color: t.line } }
      }),
      tooltip: Object.assign(frame(t).tooltip, {
        axisPointer: { type: 'shadow' },
        formatter: points => 'Channel ' + Number(points[0].name)
          + (backdoor.has(Number(points[0].name)) ? ', dormant on clean inputs' : '') + '<br>'
          + points.map(p => p.marker + p.seriesName + ': <b>' + mean(p.value) + '</b>').join('<br>')
      }),
      series
    });
  }

  // Networks are told apart by colour, by dashes and by the marks at their points.
  const hands = t => [
    { color: t.clean, symbol: 'circle', type: 'solid' },
    { color: t.attack, symbol: 'triangle', type: [7, 4] },
    { color: t.recovered, symbol: 'diamond', type: [2, 3] },
    { color: t.validation, symbol: 'rect', type: [10, 3, 2, 3] }
  ];

  const shares = (t, change) => axis(t, Object.assign({
    type: 'value', min: 0, max: 100, axisLabel: { color: t.muted, formatter: '{value}\u00a0%' },
    splitLine: { show: true, lineStyle: { color: t.line } }
  }, change));

  // A name that is longer than the chart is wide ends in dots.
  const legend = (t, place) => Object.assign(frame(t).legend, {
    textStyle: Object.assign({ width: place.clientWidth - 60, overflow: 'truncate' }, frame(t).legend.textStyle)
  });
  const cut = (name, most) => name.length > most ? name.slice(0, most - 1) + '…' : name;

  // How many lines a legend takes.
  function lines(names, width) {
    let rows = 1;
    let used = 0;
    for (const name of names) {
      const needed = 7 * name.length + 50;
      if (used > 0 && used + needed > width) {
        rows += 1;
        used = 0;
      }
      used += needed;
    }
    return rows;
  }

  function precision(place, t) {
    const curves = place.dataset.curves.split(',').map(index => finding(place).curves[Number(index)]);
    const hand = hands(t);
    // A mark at every point would hide the lines: each has four.
    const marked = (all, at) => all.length <= 8 || at % Math.ceil(all.length / 4) === 0;
    const series = curves.map((curve, i) => ({
      name: curve.network, type: 'line', color: hand[i % 4].color, symbol: hand[i % 4].symbol,
      symbolSize: (value, point) => marked(curve.points, point.dataIndex) ? 8 : 0.01,
      showAllSymbol: true, lineStyle: { width: 2, type: hand[i % 4].type },
      data: curve.points.map(p => [100 * p.recall, 100 * p.precision, p.score])
    }));
    const rows = lines(curves.map(curve => curve.network), place.clientWidth);
    return frame(t, {
      legend: legend(t, place),
      grid: { left: 60, right: 30, top: 20 + 27 * Math.min(rows, 5), bottom: 48 },
      xAxis: shares(t, { name: 'Recall', nameGap: 30, splitLine: { show: false } }),
      yAxis: shares(t, { name: 'Precision', nameGap: 46 }),
      tooltip: Object.assign(frame(t).tooltip, {
        trigger: 'item',
        formatter: p => p.marker + text(p.seriesName) + '<br>recall <b>' + percent(p.value[0]) + '</b>, precision <b>'
          + percent(p.value[1]) + '</b><br>score at least ' + p.value[2].toFixed(2)
      }),
      series
    });
  }

  // What spans much is drawn by its logarithm, if it has one.
  const wide = (values, times) => Math.min(...values) > 0 && Math.max(...values) > times * Math.min(...values);

  function series(place, t) {
    const hand = hands(t);
    const value = share => share === null ? null : 100 * share;
    const points = spots => spots.map(s => [s.at, value(s.mean), value(s.least), value(s.most)]);
    const all = JSON.parse(place.dataset.lines).flatMap((line, i) => {
      const drawn = { type: 'line', color: hand[i % 4].color, symbol: hand[i % 4].symbol, symbolSize: 8 };
      const ours = Object.assign({}, drawn, {
        name: line.name + ': ours', lineStyle: { width: 2.5, type: 'solid' }, data: points(line.ours)
      });
      const paper = Object.assign({}, drawn, {
        name: line.name + ': paper', symbol: 'emptyCircle', symbolSize: 6, lineStyle: { width: 1.5, type: [6, 4] },
        data: points(line.paper)
      });
      return line.paper.length ? [ours, paper] : [ours];
    });
    const spots = all.flatMap(line => line.data);
    const rows = lines(all.map(one => one.name), place.clientWidth);
    const steep = wide(spots.flatMap(spot => [spot[1], spot[2], spot[3]]), 30);
    const errors = { max: null, type: steep ? 'log' : 'value', min: steep ? null : 0 };
    const along = spots.map(spot => spot[0]);
    return frame(t, {
      legend: legend(t, place),
      grid: { left: 60, right: 30, top: 20 + 27 * Math.min(rows, 7), bottom: 48 },
      xAxis: axis(t, {
        type: wide(along, 20) ? 'log' : 'value', name: cut(place.dataset.variable, 40), nameGap: 30, scale: true,
        min: wide(along, 20) ? Math.min(...along) : null, max: wide(along, 20) ? Math.max(...along) : null
      }),
      yAxis: shares(t, place.dataset.up === 'errors' ? errors : {}),
      tooltip: Object.assign(frame(t).tooltip, {
        trigger: 'item',
        formatter: p => p.marker + text(p.seriesName) + '<br>' + text(place.dataset.variable) + ' = ' + p.value[0]
          + ': <b>' + percent(p.value[1]) + '</b>'
          + (p.value[2] < p.value[3] ? '<br>from ' + percent(p.value[2]) + ' to ' + percent(p.value[3]) : '')
      }),
      series: all
    });
  }

  // A figure of each run against a setting: along a line where all values are numbers, else side by side.
  function runs(place, t) {
    const table = finding(place);
    const chosen = name => place.previousElementSibling.querySelector('[data-axis=' + name + ']').value;
    const x = table.settings.indexOf(chosen('x'));
    const y = Number(chosen('y'));
    const by = table.settings.indexOf(chosen('by'));
    const done = table.runs.filter(run => run.figures[y] !== null && run.figures[y] !== undefined);
    const values = [...new Set(table.runs.map(run => run.values[x]))];
    const numbers = values.every(value => value !== '' && Number.isFinite(Number(value)));
    const groups = [...new Set(done.map(run => by < 0 ? '' : run.values[by]))];
    const hand = hands(t);
    const series = groups.map((group, i) => ({
      name: group, type: 'scatter', color: hand[i % 4].color, symbol: hand[i % 4].symbol, symbolSize: 9,
      data: done.filter(run => by < 0 || run.values[by] === group)
        .map(run => [numbers ? Number(run.values[x]) : run.values[x], 100 * run.figures[y], run.name])
    }));
    const rows = by < 0 ? 0 : Math.min(lines(groups, place.clientWidth), 5);
    const room = place.clientWidth - 88;
    const label = { color: t.muted, hideOverlap: true, width: Math.max(40, room / values.length - 8), overflow: 'truncate' };
    return frame(t, {
      legend: Object.assign(legend(t, place), { show: by >= 0 }),
      grid: { left: 64, right: 24, top: 20 + 27 * rows, bottom: 56 },
      xAxis: axis(t, Object.assign({ name: cut(table.settings[x], Math.floor(room / 8)), nameGap: 34 },
        numbers ? { type: 'value', scale: true } : { type: 'category', data: values, axisLabel: label })),
      yAxis: axis(t, {
        type: 'value', scale: true, axisLabel: { color: t.muted, formatter: '{value}\u00a0%' },
        splitLine: { show: true, lineStyle: { color: t.line } }
      }),
      tooltip: Object.assign(frame(t).tooltip, {
        trigger: 'item',
        formatter: p => p.marker + text(p.value[2]) + '<br>' + text(table.figures[y]) + ': <b>' + percent(p.value[1]) + '</b>'
      }),
      series
    });
  }

  // Smallest first: what stands far below the shaded range is suspicious.
  function masks(place, t) {
    const audited = finding(place);
    const rows = audited.classes.slice().sort((a, b) => a.size - b.size);
    const limits = audited.limits;
    return frame(t, {
      legend: { show: false },
      grid: { left: 56, right: 24, top: 16, bottom: 64 },
      xAxis: axis(t, {
        type: 'category', name: 'Class', nameGap: 44, data: rows.map(row => row.name),
        axisLabel: { color: t.muted, hideOverlap: true, width: 90, overflow: 'truncate' }
      }),
      yAxis: axis(t, {
        type: 'value', min: 0, name: 'Change needed (1: the class in the middle)', nameGap: 38, splitLine: { show: true, lineStyle: { color: t.line } }
      }),
      tooltip: Object.assign(frame(t).tooltip, {
        trigger: 'item',
        formatter: p => 'Class ' + text(p.name) + '<br><b>' + rows[p.dataIndex].size.toFixed(1) + '</b> pixels, '
          + p.value.toFixed(2) + ' of the median'
      }),
      series: [{
        type: 'bar', barMaxWidth: 28,
        data: rows.map(row => ({ value: row.ratio, itemStyle: { color: row.suspicious ? t.attack : t.clean } })),
        // What band and line are stands in the key above the chart, where no bar lies behind the words.
        markArea: {
          silent: true, itemStyle: { color: t.muted, opacity: 0.18 },
          data: [[{ yAxis: limits.honestLow }, { yAxis: limits.honestHigh }]]
        },
        markLine: {
          symbol: 'none', silent: true, lineStyle: { color: t.stop, width: 1.5, type: 'dashed' },
          label: { show: false },
          data: [{ yAxis: limits.alone || limits.found }]
        }
      }]
    });
  }

  function audits(place, t) {
    // Of these kinds other searches decide than that for a mask of one class.
    const others = ['warp', 'all-to-all', 'source-specific'];
    const networks = finding(place).networks
      .filter(network => network.told.smallest > 0 && !others.includes(network.kind));
    const kinds = [...new Set(networks.map(network => network.kind))].reverse();
    const colours = { 'backdoor found': t.attack, 'no backdoor found': t.clean, 'cannot tell': t.stop };
    return frame(t, {
      legend: Object.assign(frame(t).legend, { data: Object.keys(colours) }),
      grid: { left: 116, right: 24, top: 40, bottom: 52 },
      xAxis: axis(t, {
        type: 'log', name: 'Smallest mask by the median of all classes', nameGap: 30,
        splitLine: { show: true, lineStyle: { color: t.line } }
      }),
      yAxis: axis(t, { type: 'category', data: kinds, splitLine: { show: true, lineStyle: { color: t.line } } }),
      tooltip: Object.assign(frame(t).tooltip, {
        trigger: 'item',
        formatter: p => text(p.data.network.name) + '<br><b>' + p.data.network.told.smallest.toFixed(2)
          + '</b> of the median, ' + text(p.data.network.half)
      }),
      series: Object.keys(colours).map(verdict => ({
        name: verdict, type: 'scatter', symbolSize: 9, color: colours[verdict], itemStyle: { opacity: 0.75 },
        data: networks.filter(network => network.told.verdict === verdict)
          .map(network => ({ value: [network.told.smallest, network.kind], network }))
      }))
    });
  }

  // Names come from files, and ECharts takes what a tooltip says for HTML.
  const text = name => echarts.format.encodeHTML(name);
  const mean = value => value === null || value === undefined ? 'n/a' : Number(value).toPrecision(3);

  function draw() {
    const t = theme();
    for (const place of places) {
      const chart = echarts.getInstanceByDom(place) || echarts.init(place, null, { renderer: 'svg' });
      const option = drawings[place.dataset.chart](place, t);
      chart.resize(); // before the option: it was made for the place's present size
      chart.setOption(option, true);
      if (place.dataset.chart === 'series') {
        bands(chart, option.series, {});
        chart.off('legendselectchanged');
        chart.on('legendselectchanged', event => bands(chart, option.series, event.selected));
      }
      fit(place);
    }
  }

  // From the lowest to the highest of all seeds, behind each line that is shown.
  function bands(chart, series, selected) {
    chart.setOption({
      graphic: series.map((line, i) => {
        const edge = at => line.data.map(spot => chart.convertToPixel({ seriesIndex: i }, [spot[0], spot[at]]));
        const shown = selected[line.name] !== false && line.data.some(spot => spot[2] < spot[3]);
        return {
          id: 'band ' + i, type: 'polygon', silent: true, z: 1, style: { fill: line.color, opacity: 0.2 },
          shape: { points: shown ? edge(3).concat(edge(2).reverse()) : [] }
        };
      })
    });
  }

  // With a view box the drawing shrinks to the sheet when printed, whatever its size on the screen.
  function fit(place) {
    const svg = place.querySelector('svg');
    svg.setAttribute('viewBox', '0 0 ' + svg.getAttribute('width') + ' ' + svg.getAttribute('height'));
  }

  // On paper nothing can be unfolded, so what fits there is open.
  function printing(on) {
    root.classList.toggle('printing', on);
    for (const details of document.querySelectorAll('details:not(.long)')) {
      if (on && !details.open) {
        details.dataset.folded = '';
        details.open = true;
      } else if (!on && 'folded' in details.dataset) {
        delete details.dataset.folded;
        details.open = false;
      }
    }
    draw();
  }

  // A click on a heading sorts by it, another turns the order round; numbers as numbers, nothing last.
  function sorting() {
    for (const table of document.querySelectorAll('table.runs')) {
      const body = table.tBodies[0];
      Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = heading.textContent;
        heading.replaceChildren(button);
        button.addEventListener('click', () => {
          const down = heading.getAttribute('aria-sort') === 'ascending';
          for (const other of table.tHead.rows[0].cells) {
            other.removeAttribute('aria-sort');
          }
          heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
          body.append(...Array.from(body.rows).sort((a, b) =>
            order(a.cells[column].dataset.value, b.cells[column].dataset.value, down ? -1 : 1)));
        });
      });
    }
  }

  function order(a, b, sign) {
    if (a === '' || b === '') {
      return a === b ? 0 : a === '' ? 1 : -1;
    }
    const numbers = Number.isFinite(Number(a)) && Number.isFinite(Number(b));
    return sign * (numbers ? Number(a) - Number(b) : a.localeCompare(b, 'en', { numeric: true }));
  }

  // All words must be somewhere in a row.
  function filtering() {
    for (const place of document.querySelectorAll('[data-filter]')) {
      const table = place.parentNode.querySelector('table.runs');
      const rows = Array.from(table.tBodies[0].rows);
      const told = place.querySelector('output');
      const filter = () => {
        const words = place.querySelector('input').value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const row of rows) {
          const said = row.textContent.toLowerCase();
          row.hidden = !words.every(word => said.includes(word));
        }
        told.textContent = words.length ? rows.filter(row => !row.hidden).length + ' of ' + rows.length : '';
      };
      place.hidden = false;
      place.addEventListener('input', filter);
    }
    for (const place of document.querySelectorAll('[data-runs]')) {
      place.addEventListener('change', draw);
    }
  }

  function copying() {
    for (const button of document.querySelectorAll('[data-copy]')) {
      button.hidden = false;
      button.addEventListener('click', async () => {
        button.textContent = await copy(button) ? 'Copied' : 'Selected';
        setTimeout(() => { button.textContent = 'Copy'; }, 1500);
      });
    }
  }

  // Where the clipboard is refused, the text is selected for the user to copy.
  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      return true;
    } catch (refused) {
      getSelection().selectAllChildren(button.parentNode.querySelector('code'));
      return false;
    }
  }

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  matchMedia('print').addEventListener('change', event => printing(event.matches));
  addEventListener('beforeprint', () => printing(true));
  addEventListener('afterprint', () => printing(false));
  let waiting = 0;
  addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 80);
  });
  copying();
  sorting();
  filtering();
  draw();
})();
