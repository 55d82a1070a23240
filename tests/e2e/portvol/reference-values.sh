#!/bin/bash
# Figures of the four indices that numpy, R and 50-digit arithmetic agree on.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
hold() {
    echo "# $*"
    portvol -w equal -o json "$@" prices.csv >report.json
    python3 "$CASE_DIR/values.py" report.json
}
hold --show=vol,contrib,corr,tail,comp,dd,roll,audit --roll=21 <<'WANTED'
audit.rows 1860
audit.returns 1859
audit.dropped 0
audit.period 252
assets.*.weight 0.25 0.25 0.25 0.25
assets.*.mean 0.00070521743437697 0.000860947032045 0.00049794710569915 0.00046374789644765
assets.*.vol 0.010280879280891 0.0092323944202757 0.011026826779707 0.007965404832585
assets.*.ccr 0.0023141275427438 0.0019349464463031 0.0024384936992362 0.0016205357478384
assets.*.pcr 0.27853860517462 0.23289869477196 0.29350786469921 0.19505483535421
correlation.0 1 0.70103743423291 0.73336345775393 0.63793217960311
correlation.1 0.70103743423291 1 0.61453798791777 0.58297389463247
correlation.2 0.73336345775393 0.61453798791777 1 0.64732613513937
correlation.3 0.63793217960311 0.58297389463247 0.64732613513937 1
vol.period 0.0083081034361214660117
vol.annual 0.13188705335147
vol.chi2 0.0080493779367783 0.0085841385778538
vol.se 0.00024367474091931
vol.ewma 0.013703387539068
vol.mean 0.00063196486714219
vol.skew -0.49729158892964
vol.kurtosis 4.3967093408111
diversification.ratio 1.1586731439226
diversification.implied_correlation 0.6581910085533
diversification.mean_correlation 0.65286184821326
diversification.enb_pca 1.0238408788229
diversification.effective_shares 3.9059629722265
diversification.effective_weights 4
tail.0.hist_var 0.01245315369231
tail.0.hist_var_ordered 0.01246061741254
tail.0.hist_es 0.018987907063852
tail.0.hist_es_exact 0.018991418247096
tail.0.gauss_var 0.01303364920285
tail.0.gauss_es 0.016505266496642
tail.0.cf_var 0.013428529562869
tail.0.cf_es 0.023670250592261
tail.0.gauss_component_var 0.0036300967233161 0.0029674669221473 0.0038864784290622 0.0025496071283246
drawdown.max -0.18403510842093
drawdown.peak_row 677
drawdown.trough_row 965
rolling.0.first 0.073998813076157
rolling.0.last 0.21733276073634
rolling.0.min 0.050358422787689
rolling.0.max 0.31812368535079
WANTED
hold --period=260 <<<'vol.annual 0.13396414260307'
hold --ddof=0 <<<'vol.period 0.0083058685730182'
hold --returns=log <<<'vol.period 0.0083219484940958'
hold --hold=drift <<'WANTED'
vol.period 0.0082763861859751
assets.*.end_weight 0.27056614445851 0.36828107791228 0.18142717757908 0.17972560005013
WANTED
hold --lambda=.97 <<<'vol.ewma 0.01215697883134'
for seed in first cov zero normalised backcast; do
    hold --seed=$seed <<<'vol.ewma 0.013703387539068'
done
hold --to=101 <<<'vol.ewma 0.0075314051274507'
hold --solve=minvar --stress=corr=.25 <<'WANTED'
solve.0.weights 0.015440702381812 0.33464243398247 -0.039015825459725 0.68893268909544
solve.0.vol 0.0075263680553408
stress.vol_annual 0.13741788372648042
WANTED
hold --solve=minvar --bounds=0:1 --stress=corr=.5 <<'WANTED'
solve.0.weights 0 0.32690660994133 0 0.67309339005867
solve.0.vol 0.0075313525836006
stress.vol_annual 0.14273456026483242
WANTED
hold --stress=corr=1 <<<'stress.vol_annual 0.1528139867494342'
hold --benchmark=FTSE <<'WANTED'
benchmark.beta 0.79839850047455
benchmark.correlation 0.70276992377756
benchmark.tracking_error 0.0066350755410548
benchmark.tracking_error_annual 0.10532855887055
WANTED
# Every fifth price.
awk 'NR == 1 || (NR - 2) % 5 == 0' prices.csv >weekly.csv && mv weekly.csv prices.csv
hold --period=50.4 <<'WANTED'
audit.returns 371
vol.annual 0.14420573118774474
WANTED
echo "# all contributions are the volatility, all shares 1"
portvol -w DAX=.4,SMI=.3,CAC=.2,FTSE=.1 -o json "$SOURCE/tests/data/good-eustock.csv" |
    jq -c '[(.vol.period - (.assets | map(.ccr) | add) | fabs < 1e-15), (1 - (.assets | map(.pcr) | add) | fabs < 1e-13)]'
