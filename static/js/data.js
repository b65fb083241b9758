// Addresses of before: every load stood on this page, under its number.

if (/^#chargements?(-\d+)?$/.test(location.hash)) location.replace(`chargements/${location.hash}`);
