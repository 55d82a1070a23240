#!/bin/bash
# Each estimator by its name, with figures from scikit-learn and from formulas written out in numpy.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
estimate() {
    portvol -w equal -o json "$@" prices.csv >report.json
    printf '%-40s' "$*"
    python3 "$CASE_DIR/values.py" report.json
}
estimate --cov=sample <<<'vol.period 0.0083081034361215'
estimate --cov=lw <<'WANTED'
vol.period 0.0082882757922937
vol.intensity 0.0072280623704234
WANTED
for options in --cov=lw-sklearn '--cov=lw --compat=sklearn'; do
    # shellcheck disable=SC2086
    estimate $options <<'WANTED'
vol.period 0.0082860448828026
vol.intensity 0.0072285649704499
WANTED
done
for options in --cov=oas-sklearn '--cov=oas --compat=sklearn'; do
    # shellcheck disable=SC2086
    estimate $options <<'WANTED'
vol.period 0.008298973750064
vol.intensity 0.0025161063133886
WANTED
done
estimate --cov=lw-diag <<'WANTED'
vol.period 0.00829448166673374
vol.intensity 0.004967600603569145
WANTED
estimate --cov=lw-cc <<'WANTED'
vol.period 0.008302297464331887
vol.intensity 0.2616288464620298
WANTED
estimate --cov=lw-market <<'WANTED'
vol.period 0.008309077000238035
vol.intensity 0.002776524797352058
WANTED
estimate --cov=oas <<'WANTED'
vol.period 0.008300251460921101
vol.intensity 0.0020499929919938543
WANTED
estimate --cov=qis <<<'vol.period 0.008306374805876773'
estimate --cov=semi <<<'vol.period 0.0059318003583445425'
estimate --cov=denoise <<<'vol.period 0.008308103436121466'
estimate --cov=ewma <<<'vol.period 0.013703387539068'
estimate --compat=riskmetrics <<<'vol.period 0.013703387539068'
estimate --compat=riskmetrics --lambda=.97 <<<'vol.period 0.01215697883134'
estimate --half-life=11.202305583621158 <<'WANTED'
vol.lambda 0.94
vol.ewma 0.013703387539068
WANTED
estimate --compat=sklearn <<<'vol.period 0.0083058685730182'
estimate --compat=pandas <<<'vol.period 0.0083081034361215'
echo "# what takes part in the volatility adds up, whatever the estimator"
for cov in sample ewma lw lw-cc lw-market lw-diag lw-sklearn oas oas-sklearn qis denoise semi; do
    portvol -w DAX=.4,SMI=.3,CAC=.2,FTSE=.1 --cov=$cov -o json prices.csv |
        jq -r --arg cov $cov '[$cov, .vol.estimator, (.assets | map(.ccr) | add) / .vol.period - 1 | if type == "number" then fabs < 1e-13 else . end] | @tsv'
done
echo "# Cornish-Fisher and Edgeworth"
portvol -w equal -o json --compat=performanceanalytics prices.csv | jq -c '.tail[0] | [.cf_var, .cf_es] | map(. * 1e14 | round / 1e14)'
