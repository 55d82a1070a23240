#!/bin/bash
# Options that mean nothing, and those that exclude each other, are wrong usage; nothing is read then.
printf 'date,DAX,SMI\n2024-01-02,1,2\n2024-01-03,2,3\n2024-01-04,1,2\n' >prices.csv
for options in --cov=led --ddof=2 --ddof=.4 --lambda=1 --half-life=0 --var=5 --var=100 --var=x --tail=normal --roll=1 --roll=x \
    --stress=rho=1 --stress=corr --stress=corr=x --block=0 --block=x --solve=max --bounds=1 --bounds=a:b --show=everything --width=39 \
    --digits=1 --digits=13 --sep=xy '--decimal=;' '--decimal=, --sep=,' --period=0 --period=-5 --period=year '--period=year --follow' \
    --alert=vol --alert='vol>x' --alert='>1' --alert='vol=>1' --alert='foo>1' --alert='pcr:FOO>1' \
    '--state=s --missing=pairwise' '--follow --order=desc' '--state=s --holdings=DAX=1' '--state=s --cov=lw' '--state=s --show=comp' \
    '--cov=ewma --show=corr' '--cov=lw --missing=pairwise' '--shape=long' '--from=x' --missing=ignore --hold=fast; do
    echo "# $options"
    # shellcheck disable=SC2086
    portvol --jump=9 --show=dd $options prices.csv
    code=$?
    [ "$code" -eq 2 ] || echo "exit code $code"
done 2>&1 | grep -v '^portvol: Try '
[ ! -e s ] || echo "a state was written"
echo "# files"
portvol prices.csv prices.csv
echo "exit code $?"
portvol diff prices.csv
echo "exit code $?"
