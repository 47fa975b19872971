(() => {
  'use strict';
  // Draws the charts from the result embedded in the page. Colours come from the style sheet: one place for both schemes.
  const result = JSON.parse(document.getElementById('result').textContent);
  const root = document.documentElement;
  const places = Array.from(document.querySelectorAll('[data-chart]'));
  const kind = name => result.findings.filter(finding => finding.kind === name);
  const drawings = { pruning, activations };

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
    const curve = kind('pruning-curve')[0];
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

  function activations(place, t) {
    const profile = kind('activations')[Number(place.dataset.index)];
    const backdoor = new Set(place.dataset.backdoor.split(',').filter(Boolean).map(Number));
    const order = profile.clean.map((_, channel) => channel)
      .sort((a, b) => (profile.clean[a] || 0) - (profile.clean[b] || 0) || a - b);
    const triggered = profile.triggered.length > 0;
    place.style.minWidth = order.length * (order.length > 128 ? 7 : 15) + 60 + 'px';
    const bars = (name, values, colour, marks) => ({
      name, type: 'bar', color: colour, barGap: '0%', barCategoryGap: '25%', data: order.map(channel => values[channel]),
      markPoint: {
        symbol: 'triangle', symbolRotate: 180, symbolSize: 9, symbolOffset: [0, -8], silent: true,
        itemStyle: { color: t.attack }, label: { show: false },
        data: marks.map(channel => ({ coord: [order.indexOf(channel), values[channel]] }))
      }
    });
    const series = [bars('Clean inputs', profile.clean, t.clean, [])];
    if (triggered) {
      series.push(bars('Triggered inputs', profile.triggered, t.attack, Array.from(backdoor)));
    }
    return frame(t, {
      grid: { left: 52, right: 12, top: 52, bottom: 56 },
      xAxis: axis(t, {
        type: 'category', name: 'Channel, least active on clean inputs first', nameGap: 36, data: order.map(String),
        axisLabel: {
          color: t.muted, fontSize: 10, interval: order.length > 128 ? 'auto' : 0, rotate: order.length > 24 ? 90 : 0
        },
        axisTick: { show: false }
      }),
      yAxis: axis(t, {
        type: 'value', name: 'Mean activation', nameGap: 38, splitLine: { show: true, lineStyle: { color: t.line } }
      }),
      tooltip: Object.assign(frame(t).tooltip, {
        axisPointer: { type: 'shadow' },
        formatter: points => 'Channel ' + Number(points[0].name)
          + (backdoor.has(Number(points[0].name)) ? ', dormant on clean inputs' : '') + '<br>'
          + points.map(p => p.marker + p.seriesName + ': <b>' + Number(p.value).toPrecision(4) + '</b>').join('<br>')
      }),
      series
    });
  }

  function draw() {
    const t = theme();
    for (const place of places) {
      const chart = echarts.getInstanceByDom(place) || echarts.init(place, null, { renderer: 'svg' });
      const option = drawings[place.dataset.chart](place, t);
      chart.resize(); // before the option: it was made for the place's present size
      chart.setOption(option, true);
      fit(place);
    }
  }

  // With a view box the drawing shrinks to the sheet when printed, whatever its size on the screen.
  function fit(place) {
    const svg = place.querySelector('svg');
    svg.setAttribute('viewBox', '0 0 ' + svg.getAttribute('width') + ' ' + svg.getAttribute('height'));
  }

  function printing(on) {
    root.classList.toggle('printing', on);
    draw();
  }

  function copying() {
    for (const button of document.querySelectorAll('[data-copy]')) {
      const shown = button.textContent;
      button.addEventListener('click', async () => {
        button.textContent = await copy(button.dataset.copy) ? 'copied' : button.dataset.copy;
        setTimeout(() => { button.textContent = shown; }, 1500);
      });
    }
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (refused) {
      return false; // the button then shows the whole text
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
  draw();
})();
