#!/bin/bash
# The figures of a well-known table, to twelve digits: computed by others (R, NumPy) from the same file.
prices=$SOURCE/tests/data/good-eustock.csv

# near JQ WANTED OPTION…: the figures that jq picks are as wanted.
near() {
    portvol -q -o json "${@:3}" "$prices" | jq -c "[$1] | flatten" | python3 -c '
import json, sys
got, wanted = json.load(sys.stdin), [float(word) for word in sys.argv[2].split()]
good = len(got) == len(wanted) and all(abs(g - w) <= 1e-12 * abs(w) for g, w in zip(got, wanted))
print(f"{sys.argv[1]}: " + ("as wanted" if good else f"got {got}, wanted {wanted}"))' "$1 ${*:3}" "$2"
}

near .vol.period,.vol.annual '0.0083081034361214660117 0.13188705335147' -w equal
near .vol.annual 0.13396414260307 -w equal --period 260
near .vol.period 0.0083058685730182 -w equal --ddof 0
near .vol.period 0.0083219484940958 -w equal --returns log
near '.vol.period,[.assets[].end_weight]' \
    '0.0082763861859751 0.27056614445851 0.36828107791228 0.18142717757908 0.17972560005013' -w equal --hold drift
near '[.assets[].ccr]' '0.0023141275427438 0.0019349464463031 0.0024384936992362 0.0016205357478384' -w equal
near '[.assets[].pcr]' '0.27853860517462 0.23289869477196 0.29350786469921 0.19505483535421' -w equal
near '.diversification|.ratio,.implied_correlation,.mean_correlation,.enb_pca,.effective_shares' \
    '1.1586731439226 0.6581910085533 0.65286184821326 1.0238408788229 3.9059629722265' -w equal
near .vol.period,.vol.intensity '0.0082882757922937 0.0072280623704234' -w equal --cov lw
near .vol.period,.vol.intensity '0.0082860448828026 0.0072285649704499' -w equal --cov lw-sklearn
near .vol.period,.vol.intensity '0.008298973750064 0.0025161063133886' -w equal --cov oas-sklearn
near .vol.ewma 0.013703387539068 -w equal
near .vol.period 0.01215697883134 -w equal --cov ewma --lambda .97
near .vol.period 0.0075314051274507 -w equal --cov ewma --to 101
near '.vol|.mean,.skew,.kurtosis,.se' '0.00063196486714219 -0.49729158892964 4.3967093408111 0.00024367474091931' -w equal
near '.tail[0]|.hist_var,.hist_var_ordered,.hist_es,.hist_es_exact' \
    '0.01245315369231 0.01246061741254 0.018987907063852 0.018991418247096' -w equal
near '.tail[0]|.gauss_var,.gauss_es,.cf_var,.cf_es' \
    '0.01303364920285 0.016505266496642 0.013428529562869 0.023670250592261' -w equal
near '.tail[0].gauss_component_var' \
    '0.0036300967233161 0.0029674669221473 0.0038864784290622 0.0025496071283246' -w equal
near '.drawdown|.max,.peak_row,.trough_row' '-0.18403510842093 677 965' -w equal
near '.solve[0]|.weights,.vol' \
    '0.015440702381812 0.33464243398247 -0.039015825459725 0.68893268909544 0.0075263680553408' -w equal --solve minvar
near '.solve[0]|.weights[1],.weights[3],.vol' '0.32690660994133 0.67309339005867 0.0075313525836006' \
    -w equal --solve minvar --bounds 0:1
near '.benchmark|.beta,.correlation,.tracking_error,.tracking_error_annual' \
    '0.79839850047455 0.70276992377756 0.0066350755410548 0.10532855887055' \
    -w DAX=1,SMI=1,CAC=1 --normalize --benchmark FTSE
near .vol.chi2 '0.0080493779367783 0.0085841385778538' -w equal
near '.rolling[0]|.first,.last,.min,.max' \
    '0.073998813076157 0.21733276073634 0.050358422787689 0.31812368535079' -w equal --roll 21
near .stress.vol_annual 0.14273456026483242 -w equal --stress corr=.5
