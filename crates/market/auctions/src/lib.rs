//! Auctions (网络竞价): lots from accepted offers, their days, bidders, deposits and halls, and what follows a close
//! (R059–R061, R106, R147).
